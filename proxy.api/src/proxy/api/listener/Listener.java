package proxy.api.listener;

import java.net.InetSocketAddress;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** A bound address that accepts connections. Registered as a service once it is bound, gone before it drains. */
@ConsumerType
public interface Listener {

	/** The listener's name in the configuration. */
	String name();

	/** {@code http}, {@code https}, {@code tcp} or {@code tcp+tls}. */
	String scheme();

	/** The bound address, with the port that was really given when the configuration said 0. */
	InetSocketAddress address();

	/** The services offered here, in order; empty for all that fit. */
	List<String> services();

	/** Connections open now. */
	int connections();
}
