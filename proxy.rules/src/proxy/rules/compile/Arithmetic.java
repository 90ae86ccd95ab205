package proxy.rules.compile;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import proxy.api.rule.EvaluationException;
import proxy.rules.syntax.Operator;
import proxy.rules.value.Text;
import proxy.rules.value.TimestampSyntax;
import proxy.rules.value.Type;

/** {@code + - * / %} on any values; overflow is an error. */
final class Arithmetic {

	private Arithmetic() {}

	static Object apply(Operator operator, Object a, Object b) {
		try {
			if (a instanceof Long left && b instanceof Long right) {
				return integer(operator, left, right);
			} else if (a instanceof Double left && b instanceof Double right && operator != Operator.REMAINDER) {
				return number(operator, left, right);
			} else if (operator == Operator.ADD) {
				return add(a, b);
			} else if (operator == Operator.SUBTRACT) {
				return subtract(a, b);
			}
		} catch (ArithmeticException | DateTimeException e) {
			throw overflow(operator, a, b);
		}
		throw unsupported(operator, a, b);
	}

	static long integer(Operator operator, long a, long b) {
		try {
			switch (operator) {
				case ADD:
					return Math.addExact(a, b);
				case SUBTRACT:
					return Math.subtractExact(a, b);
				case MULTIPLY:
					return Math.multiplyExact(a, b);
				case DIVIDE:
				case REMAINDER:
					return divide(operator, a, b);
				default:
					throw unsupported(operator, a, b);
			}
		} catch (ArithmeticException e) {
			throw overflow(operator, a, b);
		}
	}

	private static long divide(Operator operator, long a, long b) {
		if (b == 0) {
			throw new EvaluationException("division by zero in " + a + " " + operator.symbol() + " 0");
		}
		if (a == Long.MIN_VALUE && b == -1) {
			throw new ArithmeticException();
		}
		return operator == Operator.DIVIDE ? a / b : a % b;
	}

	private static double number(Operator operator, double a, double b) {
		switch (operator) {
			case ADD:
				return a + b;
			case SUBTRACT:
				return a - b;
			case MULTIPLY:
				return a * b;
			default:
				return a / b;
		}
	}

	private static Object add(Object a, Object b) {
		if (a instanceof String left && b instanceof String right) {
			return left + right;
		} else if (a instanceof List<?> left && b instanceof List<?> right) {
			List<Object> both = new ArrayList<>(left);
			both.addAll(right);
			return both;
		} else if (a instanceof Duration left && b instanceof Duration right) {
			return left.plus(right);
		} else if (a instanceof OffsetDateTime time && b instanceof Duration duration) {
			return inRange(time.plus(duration));
		} else if (a instanceof Duration duration && b instanceof OffsetDateTime time) {
			return inRange(time.plus(duration));
		}
		throw unsupported(Operator.ADD, a, b);
	}

	private static Object subtract(Object a, Object b) {
		if (a instanceof Duration left && b instanceof Duration right) {
			return left.minus(right);
		} else if (a instanceof OffsetDateTime time && b instanceof Duration duration) {
			return inRange(time.minus(duration));
		} else if (a instanceof OffsetDateTime left && b instanceof OffsetDateTime right) {
			return Duration.between(right, left);
		}
		throw unsupported(Operator.SUBTRACT, a, b);
	}

	private static OffsetDateTime inRange(OffsetDateTime time) {
		if (!TimestampSyntax.isInRange(time)) {
			throw new ArithmeticException();
		}
		return time;
	}

	/** The type of the result; null when no values of these types go together. */
	static Type result(Operator operator, Type a, Type b) {
		if (a == Type.ANY || b == Type.ANY) {
			return Type.ANY;
		}
		if (a == b && (a == Type.INT || a == Type.FLOAT && operator != Operator.REMAINDER)) {
			return a;
		}
		boolean add = operator == Operator.ADD;
		if (!add && operator != Operator.SUBTRACT) {
			return null;
		}
		if (a == b && (a == Type.DURATION || add && (a == Type.STRING || a == Type.LIST))) {
			return a;
		}
		if (a == Type.TIMESTAMP && b == Type.DURATION || add && a == Type.DURATION && b == Type.TIMESTAMP) {
			return Type.TIMESTAMP;
		}
		return !add && a == Type.TIMESTAMP && b == Type.TIMESTAMP ? Type.DURATION : null;
	}

	private static EvaluationException unsupported(Operator operator, Object a, Object b) {
		return new EvaluationException(
				Text.shown(a) + " " + operator.symbol() + " " + Text.shown(b) + ": " + reason(operator, Type.of(a), Type.of(b)));
	}

	/** Why the operator cannot be used on values of these types. */
	static String reason(Operator operator, Type a, Type b) {
		return "'" + operator.symbol() + "' is not defined for " + a + " and " + b;
	}

	private static EvaluationException overflow(Operator operator, Object a, Object b) {
		return new EvaluationException("overflow in " + Text.shown(a) + " " + operator.symbol() + " " + Text.shown(b));
	}
}
