package proxy.rules.value;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a regular expression that only stands for a few texts, as most in rules do: {@code (?i)curl|wget},
 * {@code ^/(admin|wp-login)}, {@code \.php$}. Anything else it does not understand.
 */
final class LiteralPattern {

	private static final int MAX_TEXTS = 500;
	private static final int MAX_LENGTH = 10_000;
	private static final String ESCAPABLE = "\\.+*?()|[]{}^$/-_#&~<>=!:;,@%\"'` ";
	private static final String MEANINGFUL = "\\.+*?()|[]{}^$";

	private static final class NotLiteral extends RuntimeException {

		private static final long serialVersionUID = 1L;

		NotLiteral() {
			super(null, null, false, false);
		}
	}

	private final String pattern;
	private int at;
	/** Of all texts together: the automaton grows with it. */
	private int length;

	private LiteralPattern(String pattern) {
		this.pattern = pattern;
	}

	/** A search that finds what the pattern finds; null when the pattern is not understood. */
	static LiteralSearch parse(String pattern) {
		boolean ignoreCase = pattern.startsWith("(?i)");
		LiteralPattern parser = new LiteralPattern(ignoreCase ? pattern.substring(4) : pattern);
		LiteralSearch.Builder search = new LiteralSearch.Builder(ignoreCase);
		try {
			do {
				parser.branch(search);
			} while (parser.accept('|'));
			return parser.at == parser.pattern.length() ? search.build() : null;
		} catch (NotLiteral e) {
			return null;
		}
	}

	/** One of the outermost alternatives, the only place for anchors. */
	private void branch(LiteralSearch.Builder search) {
		boolean fromStart = accept('^');
		List<String> texts = sequence();
		boolean toEnd = accept('$');
		if (toEnd && at < pattern.length() && pattern.charAt(at) != '|') {
			throw new NotLiteral();
		}
		for (String text : texts) {
			length += text.length();
			search.add(fromStart, text, toEnd);
		}
		if (length > MAX_LENGTH) {
			throw new NotLiteral();
		}
	}

	private List<String> sequence() {
		List<String> texts = List.of("");
		while (at < pattern.length() && "|)$".indexOf(pattern.charAt(at)) < 0) {
			List<String> item = accept('(') ? group() : List.of(character());
			if (accept('?')) {
				item = new ArrayList<>(item);
				item.add("");
			}
			if (at < pattern.length() && "?*+{".indexOf(pattern.charAt(at)) >= 0) {
				throw new NotLiteral();
			}
			texts = joined(texts, item);
		}
		return texts;
	}

	private List<String> group() {
		if (accept('?') && !accept(':')) {
			throw new NotLiteral();
		}
		List<String> texts = new ArrayList<>();
		do {
			texts.addAll(sequence());
		} while (accept('|'));
		if (!accept(')') || texts.size() > MAX_TEXTS) {
			throw new NotLiteral();
		}
		return texts;
	}

	private static List<String> joined(List<String> heads, List<String> tails) {
		if (heads.size() * tails.size() > MAX_TEXTS) {
			throw new NotLiteral();
		}
		List<String> all = new ArrayList<>();
		heads.forEach(head -> tails.forEach(tail -> all.add(head + tail)));
		return all;
	}

	private String character() {
		char c = pattern.charAt(at++);
		if (c == '\\' && at < pattern.length() && ESCAPABLE.indexOf(pattern.charAt(at)) >= 0) {
			return String.valueOf(pattern.charAt(at++));
		}
		if (c >= 0x80 || MEANINGFUL.indexOf(c) >= 0) {
			throw new NotLiteral();
		}
		return String.valueOf(c);
	}

	private boolean accept(char c) {
		boolean there = at < pattern.length() && pattern.charAt(at) == c;
		at += there ? 1 : 0;
		return there;
	}
}
