package proxy.rules.value;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import proxy.api.rule.EvaluationException;

/** A regular expression (RE2 syntax), matched in time linear to the text: no input can make it slow. */
public final class Regex {

	/** Longer ones take too long to compile. */
	private static final int MAX_LENGTH = 4_000;

	/** Instructions; each may be looked at for each character of a text. Real ones have some hundred, and a thousand take 60 KB. */
	private static final int MAX_SIZE = 10_000;

	private final Pattern pattern;
	/** Null when the pattern is more than a few texts. */
	private final LiteralSearch literals;

	private Regex(Pattern pattern) {
		this.pattern = pattern;
		literals = LiteralPattern.parse(pattern.pattern());
	}

	/** @throws EvaluationException when the syntax is wrong, or it would take too much memory and time */
	public static Regex of(String pattern) {
		if (pattern.length() > MAX_LENGTH) {
			throw new EvaluationException(
					"a regular expression of " + pattern.length() + " characters is too long, " + MAX_LENGTH + " are the most");
		}
		if (RegexSize.of(pattern) > MAX_SIZE) {
			throw new EvaluationException("the regular expression " + Text.quoted(pattern)
					+ " is too large: written out, its repetitions take more than " + MAX_SIZE + " steps");
		}
		try {
			return new Regex(Pattern.compile(pattern));
		} catch (PatternSyntaxException e) {
			throw new EvaluationException(
					"the regular expression " + Text.quoted(pattern) + " is wrong: " + e.getDescription() + " in "
							+ Text.quoted(e.getPattern()));
		}
	}

	/** Whether it matches somewhere in the text. */
	public boolean isIn(String text) {
		return literals != null && literals.canSearch(text) ? literals.isIn(text) : pattern.matcher(text).find();
	}

	@Override
	public boolean equals(Object other) {
		// as in Pingoo: no two regular expressions are equal
		return false;
	}

	@Override
	public int hashCode() {
		return pattern.hashCode();
	}

	/** The pattern as written. */
	@Override
	public String toString() {
		return pattern.pattern();
	}
}
