package proxy.rules.node;

import proxy.api.rule.RequestFacts;
import proxy.rules.value.Type;

/** Gives a String. */
@FunctionalInterface
public interface TextNode extends Node {

	String text(RequestFacts facts, Object[] locals);

	@Override
	default Type type() {
		return Type.STRING;
	}

	@Override
	default Object value(RequestFacts facts, Object[] locals) {
		return text(facts, locals);
	}
}
