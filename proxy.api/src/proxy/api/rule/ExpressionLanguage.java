package proxy.api.rule;

import org.osgi.annotation.versioning.ConsumerType;

/** Compiles an expression into a test of a request. Used on the control thread, never on an event loop. */
@ConsumerType
public interface ExpressionLanguage {

	/**
	 * Parses, checks and compiles.
	 *
	 * @return a condition that may be used on many threads at once
	 * @throws ExpressionException with the place and the reason, when the expression is wrong
	 */
	Condition compile(String expression) throws ExpressionException;
}
