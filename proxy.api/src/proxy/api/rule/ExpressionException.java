package proxy.api.rule;

/** An expression that does not compile: where, why, and what was probably meant. */
public final class ExpressionException extends Exception {

	private static final long serialVersionUID = 1L;

	private final int line;
	private final int column;

	/**
	 * @param line from 1
	 * @param column from 1, in characters
	 * @param reason without the place: "unknown variable 'hots', did you mean 'host'?"
	 */
	public ExpressionException(int line, int column, String reason) {
		super(reason);
		this.line = line;
		this.column = column;
	}

	public int line() {
		return line;
	}

	public int column() {
		return column;
	}
}
