package proxy.api.http;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * What a matching rule does. The service property {@code action} is the word for it in the configuration
 * ({@code block}, {@code captcha}).
 *
 * <p>An unregistered action is applied for a moment more while its successor is awaited, so that no rule lets pass what it
 * should not: it must not depend on what its deactivation released.
 */
@ConsumerType
public interface HttpAction {

	/** Service property: the action's word. */
	String ACTION = "action";

	/** What becomes of the exchange after an action. */
	enum Outcome {
		/** The next action, rule or service has its turn. */
		CONTINUE,
		/** The action answers the exchange, now or later. */
		ANSWERED
	}

	/** Called on the exchange's loop; must not block. An exception that escapes fails the exchange with 500. */
	Outcome apply(HttpExchange exchange);
}
