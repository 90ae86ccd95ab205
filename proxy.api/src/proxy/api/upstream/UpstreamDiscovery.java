package proxy.api.upstream;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Finds upstreams while the gateway runs. A report is complete and replaces the one before; while it cannot find out, a
 * discovery reports nothing, so its last report stands. When its service goes, its upstreams go two seconds later, or when
 * a successor of the same component has reported.
 */
@ConsumerType
public interface UpstreamDiscovery {

	/**
	 * Starts reporting to the listener, from a thread of the discovery's own, at once if it knows something already. The
	 * map goes from service name to that service's upstreams.
	 *
	 * @return closes the subscription; after it has returned nothing is reported any more
	 */
	AutoCloseable subscribe(Consumer<Map<String, List<Upstream>>> listener);
}
