package proxy.api.rule;

import org.osgi.annotation.versioning.ConsumerType;

/** A compiled expression. Called on event loops for every request: fast, free of locks, thread-safe. */
@ConsumerType
public interface Condition {

	/** The condition of a route or rule without an expression. */
	Condition ALWAYS = facts -> true;

	/**
	 * @return true exactly when the expression's value is the boolean true
	 * @throws EvaluationException when the expression has no value for this request (say, an index out of range)
	 */
	boolean test(RequestFacts facts);
}
