package proxy.rules.compile;

import proxy.api.rule.EvaluationException;
import proxy.rules.node.IntNode;
import proxy.rules.node.Node;
import proxy.rules.node.TextNode;
import proxy.rules.node.ValueNode;
import proxy.rules.syntax.Operator;
import proxy.rules.syntax.SourceError;
import proxy.rules.value.Text;
import proxy.rules.value.Type;

/** {@code + - * / %} and the minus sign. */
final class Calculation {

	private Calculation() {}

	static Node of(Operator operator, Node a, Node b, int at) {
		Type type = Arithmetic.result(operator, a.type(), b.type());
		if (type == null) {
			throw new SourceError(at, Arithmetic.reason(operator, a.type(), b.type()));
		}
		if (a instanceof IntNode left && b instanceof IntNode right) {
			return (IntNode) (facts, locals) ->
					Arithmetic.integer(operator, left.number(facts, locals), right.number(facts, locals));
		}
		if (a instanceof TextNode left && b instanceof TextNode right) {
			return (TextNode) (facts, locals) -> left.text(facts, locals).concat(right.text(facts, locals));
		}
		return new ValueNode(
				type, (facts, locals) -> Arithmetic.apply(operator, a.value(facts, locals), b.value(facts, locals)));
	}

	static Node negation(Node node, int at) {
		if (node instanceof IntNode integer) {
			return (IntNode) (facts, locals) -> Arithmetic.integer(Operator.SUBTRACT, 0, integer.number(facts, locals));
		}
		if (node.type() != Type.FLOAT && node.type() != Type.ANY) {
			throw new SourceError(at, "'-' needs a number, not " + node.type().one());
		}
		return new ValueNode(node.type(), (facts, locals) -> negate(node.value(facts, locals)));
	}

	private static Object negate(Object value) {
		if (value instanceof Long number) {
			return Arithmetic.integer(Operator.SUBTRACT, 0, number);
		}
		if (value instanceof Double number) {
			return -number;
		}
		throw new EvaluationException("'-' needs a number, not " + Text.shown(value));
	}
}
