package proxy.rules.node;

import proxy.api.rule.RequestFacts;
import proxy.rules.value.Type;

/** Gives a Bool. */
@FunctionalInterface
public interface BoolNode extends Node {

	boolean test(RequestFacts facts, Object[] locals);

	@Override
	default Type type() {
		return Type.BOOL;
	}

	@Override
	default Object value(RequestFacts facts, Object[] locals) {
		return test(facts, locals);
	}
}
