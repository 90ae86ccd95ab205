package proxy.rules.compile;

import proxy.api.rule.EvaluationException;
import proxy.rules.node.BoolNode;
import proxy.rules.node.Node;
import proxy.rules.node.TextNode;
import proxy.rules.syntax.SourceError;
import proxy.rules.value.Text;
import proxy.rules.value.Type;

/** Makes sure of a type: now if it is known, otherwise at every evaluation. */
final class Coercion {

	private Coercion() {}

	/** @param who for messages: the operator or function that needs it */
	static BoolNode bool(Node node, String who, int at) {
		if (node instanceof BoolNode known) {
			return known;
		}
		require(node, Type.BOOL, who, at);
		return (facts, locals) -> {
			Object value = node.value(facts, locals);
			if (value instanceof Boolean is) {
				return is;
			}
			throw unexpected(value, Type.BOOL, who);
		};
	}

	static TextNode text(Node node, String who, int at) {
		if (node instanceof TextNode known) {
			return known;
		}
		require(node, Type.STRING, who, at);
		return (facts, locals) -> {
			Object value = node.value(facts, locals);
			if (value instanceof String text) {
				return text;
			}
			throw unexpected(value, Type.STRING, who);
		};
	}

	/** Refuses what is known to be of another type. */
	static void require(Node node, Type type, String who, int at) {
		if (!node.type().mayBe(type)) {
			throw new SourceError(at, who + " needs " + type.one() + ", not " + node.type().one());
		}
	}

	static EvaluationException unexpected(Object value, Type type, String who) {
		return new EvaluationException(who + " needs " + type.one() + ", not " + Text.shown(value));
	}
}
