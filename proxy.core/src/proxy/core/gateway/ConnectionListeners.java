package proxy.core.gateway;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;

import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import proxy.api.tcp.TcpConnectionListener;
import proxy.core.http.Dispatcher;

/** Who is told of TCP connections that have ended. */
@Component(service = ConnectionListeners.class, immediate = true)
public final class ConnectionListeners {

	private final Dispatcher dispatcher;
	private final List<TcpConnectionListener> listeners = new ArrayList<>();

	@Activate
	public ConnectionListeners(@Reference Routing routing) {
		dispatcher = routing.dispatcher();
	}

	@Reference(cardinality = MULTIPLE, policy = DYNAMIC)
	synchronized void addListener(TcpConnectionListener listener) {
		listeners.add(listener);
		dispatcher.connectionListeners(listeners);
	}

	synchronized void removeListener(TcpConnectionListener listener) {
		listeners.remove(listener);
		dispatcher.connectionListeners(listeners);
	}
}
