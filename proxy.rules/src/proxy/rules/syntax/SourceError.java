package proxy.rules.syntax;

import proxy.api.rule.ExpressionException;

/** What is wrong with an expression, and the offset in its text where. Unchecked, so that it passes through the passes. */
public final class SourceError extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final int at;

	/** @param at offset in characters, from 0 */
	public SourceError(int at, String reason) {
		super(reason, null, false, false);
		this.at = at;
	}

	/** The same with line and column. */
	public ExpressionException in(String source) {
		String before = source.substring(0, Math.min(at, source.length()));
		int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
		return new ExpressionException(line, before.length() - before.lastIndexOf('\n'), getMessage());
	}
}
