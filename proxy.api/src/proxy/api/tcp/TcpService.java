package proxy.api.tcp;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Serves the TCP connections routed to it. Registering it as an OSGi service is being routed, with the service properties
 * of a {@link proxy.api.http.HttpService}: {@code name}, {@code route}, {@code service.ranking}.
 *
 * <p>An unregistered service is handed new connections for a moment while its successor is awaited: it must not depend on
 * what its deactivation released.
 */
@ConsumerType
public interface TcpService {

	/**
	 * Serves the connection. Called on the connection's loop; must not block. Nothing of what the client sends is lost
	 * meanwhile: reading is paused until somebody wants it. An exception that escapes fails the connection.
	 */
	void handle(TcpConnection connection);
}
