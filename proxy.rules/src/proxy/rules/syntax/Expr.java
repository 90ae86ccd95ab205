package proxy.rules.syntax;

import java.util.List;

/** An expression as written. Every node knows the offset that a message about it points at. */
public sealed interface Expr {

	int at();

	/** @param value a Boolean, Long, Double, String, Bytes or null */
	record Literal(int at, Object value) implements Expr {}

	record Name(int at, String name) implements Expr {}

	/** {@code of.name} */
	record Member(int at, Expr of, String name) implements Expr {}

	/** {@code of[key]} */
	record Index(int at, Expr of, Expr key) implements Expr {}

	/**
	 * {@code function(arguments)} or {@code target.function(arguments)}
	 *
	 * @param target null for the former
	 */
	record Call(int at, Expr target, String function, List<Expr> arguments) implements Expr {}

	record Not(int at, Expr operand) implements Expr {}

	record Negate(int at, Expr operand) implements Expr {}

	record Binary(int at, Operator operator, Expr left, Expr right) implements Expr {}

	/** {@code a && b && c}, two operands or more. */
	record And(int at, List<Expr> operands) implements Expr {}

	/** {@code a || b || c}, two operands or more. */
	record Or(int at, List<Expr> operands) implements Expr {}

	/** {@code condition ? then : otherwise} */
	record Conditional(int at, Expr condition, Expr then, Expr otherwise) implements Expr {}

	record ListOf(int at, List<Expr> elements) implements Expr {}

	/** Keys and values alike, in order. */
	record MapOf(int at, List<Expr> keys, List<Expr> values) implements Expr {}
}
