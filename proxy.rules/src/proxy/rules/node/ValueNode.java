package proxy.rules.node;

import proxy.api.rule.RequestFacts;
import proxy.rules.value.Type;

/** Gives a value of a type that has no node of its own. */
public record ValueNode(Type type, Evaluation evaluation) implements Node {

	/** See {@link Node#value}. */
	@FunctionalInterface
	public interface Evaluation {

		Object value(RequestFacts facts, Object[] locals);
	}

	@Override
	public Object value(RequestFacts facts, Object[] locals) {
		return evaluation.value(facts, locals);
	}
}
