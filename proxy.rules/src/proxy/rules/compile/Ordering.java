package proxy.rules.compile;

import proxy.rules.node.BoolNode;
import proxy.rules.node.IntNode;
import proxy.rules.node.Node;
import proxy.rules.syntax.Operator;
import proxy.rules.syntax.SourceError;
import proxy.rules.value.Type;
import proxy.rules.value.Values;

/** {@code < <= > >=} */
final class Ordering {

	private Ordering() {}

	static BoolNode of(Operator operator, Node a, Node b, int at) {
		if (!comparable(a.type(), b.type())) {
			throw new SourceError(
					at, a.type().one() + " and " + b.type().one() + " cannot be compared with '" + operator.symbol() + "'");
		}
		if (a instanceof IntNode left && b instanceof IntNode right) {
			return integers(operator, left, right);
		}
		switch (operator) {
			case LESS:
				return (facts, locals) -> Values.compare(a.value(facts, locals), b.value(facts, locals)) < 0;
			case LESS_OR_EQUAL:
				return (facts, locals) -> Values.compare(a.value(facts, locals), b.value(facts, locals)) <= 0;
			case GREATER:
				return (facts, locals) -> Values.compare(a.value(facts, locals), b.value(facts, locals)) > 0;
			default:
				return (facts, locals) -> Values.compare(a.value(facts, locals), b.value(facts, locals)) >= 0;
		}
	}

	private static BoolNode integers(Operator operator, IntNode a, IntNode b) {
		switch (operator) {
			case LESS:
				return (facts, locals) -> a.number(facts, locals) < b.number(facts, locals);
			case LESS_OR_EQUAL:
				return (facts, locals) -> a.number(facts, locals) <= b.number(facts, locals);
			case GREATER:
				return (facts, locals) -> a.number(facts, locals) > b.number(facts, locals);
			default:
				return (facts, locals) -> a.number(facts, locals) >= b.number(facts, locals);
		}
	}

	private static boolean comparable(Type a, Type b) {
		return Equality.mayBeEqual(a, b) && Values.isOrdered(a) && Values.isOrdered(b);
	}
}
