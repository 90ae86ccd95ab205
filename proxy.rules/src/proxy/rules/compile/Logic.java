package proxy.rules.compile;

import java.util.List;
import proxy.rules.node.BoolNode;
import proxy.rules.node.IntNode;
import proxy.rules.node.Node;
import proxy.rules.node.TextNode;
import proxy.rules.node.ValueNode;
import proxy.rules.value.Type;

/** {@code &&}, {@code ||}, {@code !} and {@code ? :}; what need not be evaluated is not. */
final class Logic {

	private Logic() {}

	static BoolNode and(List<BoolNode> operands) {
		BoolNode a = operands.get(0);
		BoolNode b = operands.get(1);
		if (operands.size() == 2) {
			return (facts, locals) -> a.test(facts, locals) && b.test(facts, locals);
		}
		BoolNode[] all = operands.toArray(BoolNode[]::new);
		return (facts, locals) -> {
			for (BoolNode operand : all) {
				if (!operand.test(facts, locals)) {
					return false;
				}
			}
			return true;
		};
	}

	static BoolNode or(List<BoolNode> operands) {
		BoolNode a = operands.get(0);
		BoolNode b = operands.get(1);
		if (operands.size() == 2) {
			return (facts, locals) -> a.test(facts, locals) || b.test(facts, locals);
		}
		BoolNode[] all = operands.toArray(BoolNode[]::new);
		return (facts, locals) -> {
			for (BoolNode operand : all) {
				if (operand.test(facts, locals)) {
					return true;
				}
			}
			return false;
		};
	}

	static BoolNode not(BoolNode operand) {
		return (facts, locals) -> !operand.test(facts, locals);
	}

	static Node conditional(BoolNode condition, Node then, Node otherwise) {
		if (then instanceof BoolNode a && otherwise instanceof BoolNode b) {
			return (BoolNode) (facts, locals) ->
					condition.test(facts, locals) ? a.test(facts, locals) : b.test(facts, locals);
		} else if (then instanceof TextNode a && otherwise instanceof TextNode b) {
			return (TextNode) (facts, locals) ->
					condition.test(facts, locals) ? a.text(facts, locals) : b.text(facts, locals);
		} else if (then instanceof IntNode a && otherwise instanceof IntNode b) {
			return (IntNode) (facts, locals) ->
					condition.test(facts, locals) ? a.number(facts, locals) : b.number(facts, locals);
		}
		return new ValueNode(
				then.type() == otherwise.type() ? then.type() : Type.ANY,
				(facts, locals) -> (condition.test(facts, locals) ? then : otherwise).value(facts, locals));
	}
}
