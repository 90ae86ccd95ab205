package proxy.rules.node;

import proxy.api.rule.RequestFacts;
import proxy.rules.value.Type;

/** Gives an Int. */
@FunctionalInterface
public interface IntNode extends Node {

	long number(RequestFacts facts, Object[] locals);

	@Override
	default Type type() {
		return Type.INT;
	}

	@Override
	default Object value(RequestFacts facts, Object[] locals) {
		return number(facts, locals);
	}
}
