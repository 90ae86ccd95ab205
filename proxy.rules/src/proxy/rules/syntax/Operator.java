package proxy.rules.syntax;

/** The binary operators but {@code &&} and {@code ||}. */
public enum Operator {
	EQUAL("=="),
	NOT_EQUAL("!="),
	LESS("<"),
	LESS_OR_EQUAL("<="),
	GREATER(">"),
	GREATER_OR_EQUAL(">="),
	IN("in"),
	ADD("+"),
	SUBTRACT("-"),
	MULTIPLY("*"),
	DIVIDE("/"),
	REMAINDER("%");

	private final String symbol;

	Operator(String symbol) {
		this.symbol = symbol;
	}

	public String symbol() {
		return symbol;
	}

	/** Whether it asks which of two values comes first. */
	public boolean isOrdering() {
		return this == LESS || this == LESS_OR_EQUAL || this == GREATER || this == GREATER_OR_EQUAL;
	}
}
