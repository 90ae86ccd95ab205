package proxy.api.http;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Answers the exchanges routed to it. Registering it as an OSGi service is being routed:
 *
 * <table>
 * <caption>Service properties</caption>
 * <tr><td>{@code name}</td><td>the service's name in the configuration; required</td></tr>
 * <tr><td>{@code route}</td><td>an expression; absent or empty for all requests</td></tr>
 * <tr><td>{@code service.ranking}</td><td>services are asked from the highest to the lowest</td></tr>
 * </table>
 *
 * <p>An unregistered service still finishes the exchanges it has, and is handed new ones for a moment while its successor
 * is awaited: it must not depend on what its deactivation released.
 */
@ConsumerType
public interface HttpService {

	/** Service property: the name in the configuration. */
	String NAME = "name";

	/** Service property: the routing expression. */
	String ROUTE = "route";

	/**
	 * Answers the exchange, now or later, exactly once. Called on the exchange's loop; must not block. An exception that
	 * escapes fails the exchange with 500.
	 */
	void handle(HttpExchange exchange);
}
