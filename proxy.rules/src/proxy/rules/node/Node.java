package proxy.rules.node;

import proxy.api.rule.RequestFacts;
import proxy.rules.value.Type;

/** A compiled expression. */
public interface Node {

	/** What is known of the value before there is a request. */
	Type type();

	/**
	 * @param facts null only when nothing in this tree asks for a fact
	 * @param locals the variables of macros; null when there are none
	 * @throws proxy.api.rule.EvaluationException when there is no value for this request
	 */
	Object value(RequestFacts facts, Object[] locals);

	/** Whether the value is the same for all requests. */
	default boolean isConstant() {
		return false;
	}
}
