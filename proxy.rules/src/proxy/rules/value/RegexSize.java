package proxy.rules.value;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many instructions a regular expression is compiled to, roughly: each repetition with numbers is written out, and those
 * within each other multiply. Told before it is compiled, since a few characters can ask for more than there is memory.
 */
final class RegexSize {

	private static final Pattern REPETITION = Pattern.compile("\\{([0-9]{1,4})(,([0-9]{0,4}))?\\}");
	private static final Pattern CODE_POINT_OR_CLASS = Pattern.compile("\\\\[xpP]\\{[^}]*\\}");
	/** So that nothing overflows. */
	private static final long MUCH = 1L << 40;

	private final String pattern;
	private int at;

	private RegexSize(String pattern) {
		this.pattern = pattern;
	}

	/** @param pattern its syntax may be wrong; then the number means nothing */
	static long of(String pattern) {
		return new RegexSize(pattern).sum();
	}

	private long sum() {
		Deque<Long> outer = new ArrayDeque<>();
		long sum = 0;
		long item = 0;
		while (at < pattern.length()) {
			char c = pattern.charAt(at);
			if (c == '{') {
				long before = item;
				item = Math.min(MUCH, repeated(item));
				sum = Math.min(MUCH, sum - before + item);
			} else if (c == '(') {
				outer.push(sum);
				sum = 2;
				item = 0;
				at++;
			} else if (c == ')' && !outer.isEmpty()) {
				item = sum;
				sum = Math.min(MUCH, outer.pop() + item);
				at++;
			} else if ("?*+".indexOf(c) >= 0) {
				item++;
				sum++;
				at++;
			} else {
				int from = at;
				skipOne(c);
				item = 1;
				sum += pattern.startsWith("\\Q", from) ? at - from : 1;
			}
		}
		while (!outer.isEmpty()) {
			sum = Math.min(MUCH, sum + outer.pop());
		}
		return sum;
	}

	/** The size of what is in front, written out as often as the braces say; each that may be left out takes an instruction more. */
	private long repeated(long item) {
		Matcher braces = REPETITION.matcher(pattern).region(at, pattern.length());
		if (!braces.lookingAt()) {
			at++;
			return item;
		}
		at = braces.end();
		long fewest = Long.parseLong(braces.group(1));
		String written = braces.group(3);
		long most = written == null || written.isEmpty() ? fewest : Math.max(fewest, Long.parseLong(written));
		return Math.max(1, most) * item + most - fewest;
	}

	/** One character, escape, quotation, or class. */
	private void skipOne(char c) {
		if (c == '\\') {
			skipEscape();
		} else if (c == '[') {
			skipClass();
		} else {
			at++;
		}
	}

	private void skipEscape() {
		if (pattern.startsWith("\\Q", at)) {
			int end = pattern.indexOf("\\E", at);
			at = end < 0 ? pattern.length() : end + 2;
			return;
		}
		Matcher braces = CODE_POINT_OR_CLASS.matcher(pattern).region(at, pattern.length());
		at = braces.lookingAt() ? braces.end() : at + 2;
	}

	private void skipClass() {
		at += pattern.startsWith("[^", at) ? 2 : 1;
		boolean first = true;
		while (at < pattern.length() && (first || pattern.charAt(at) != ']')) {
			first = false;
			if (pattern.charAt(at) == '\\') {
				skipEscape();
			} else if (pattern.startsWith("[:", at) && pattern.indexOf(":]", at) > 0) {
				at = pattern.indexOf(":]", at) + 2;
			} else {
				at++;
			}
		}
		at++;
	}
}
