package proxy.core.tcp;

import java.util.Set;
import java.util.function.Consumer;
import proxy.core.http.Endpoint;
import proxy.core.loop.LoopTransport;

/** TCP listeners' connections. */
public final class Tcp {

	private Tcp() {}

	/**
	 * What to do with connections that an endpoint has accepted.
	 *
	 * @param helloMillis how long a route waits for a ClientHello that it asks about
	 */
	public static Consumer<LoopTransport> connections(Endpoint endpoint, int helloMillis) {
		return transport -> new ClientStream(endpoint, transport, helloMillis).open();
	}

	/** Ends the connections of services that are gone for good. Any thread. */
	public static void cutOff(Endpoint endpoint, Set<String> remaining) {
		endpoint.abortIf(connection -> connection instanceof ClientStream stream
				&& !stream.service().isEmpty()
				&& !remaining.contains(stream.service()));
	}
}
