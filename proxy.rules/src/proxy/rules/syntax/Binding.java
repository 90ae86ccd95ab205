package proxy.rules.syntax;

import proxy.rules.syntax.Token.Kind;

/** How tightly each operator binds; they all group from the left. */
final class Binding {

	static final int UNARY = 7;

	private Binding() {}

	/** From 1 for the loosest; 0 for what is no operator behind an operand. */
	static int of(Kind kind) {
		switch (kind) {
			case QUESTION:
				return 1;
			case OR:
				return 2;
			case AND:
				return 3;
			case EQUAL:
			case NOT_EQUAL:
			case LESS:
			case LESS_OR_EQUAL:
			case GREATER:
			case GREATER_OR_EQUAL:
			case IN:
				return 4;
			case PLUS:
			case MINUS:
				return 5;
			case TIMES:
			case DIVIDE:
			case REMAINDER:
				return 6;
			default:
				return 0;
		}
	}

	static Operator operator(Kind kind) {
		switch (kind) {
			case EQUAL:
				return Operator.EQUAL;
			case NOT_EQUAL:
				return Operator.NOT_EQUAL;
			case LESS:
				return Operator.LESS;
			case LESS_OR_EQUAL:
				return Operator.LESS_OR_EQUAL;
			case GREATER:
				return Operator.GREATER;
			case GREATER_OR_EQUAL:
				return Operator.GREATER_OR_EQUAL;
			case IN:
				return Operator.IN;
			case PLUS:
				return Operator.ADD;
			case MINUS:
				return Operator.SUBTRACT;
			case TIMES:
				return Operator.MULTIPLY;
			case DIVIDE:
				return Operator.DIVIDE;
			case REMAINDER:
				return Operator.REMAINDER;
			default:
				throw new IllegalArgumentException(kind.toString());
		}
	}
}
