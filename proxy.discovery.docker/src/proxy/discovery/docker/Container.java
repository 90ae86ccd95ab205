package proxy.discovery.docker;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * A container as the engine describes it.
 *
 * @param name without the engine's slash
 * @param running and not paused, nor about to be started again
 * @param health {@code starting}, {@code healthy}, {@code unhealthy}; "" or {@code none} without a health check
 * @param hostNetwork whether it has the machine's network instead of its own
 * @param networks in order of name
 * @param ports exposed, TCP
 * @param published where the machine offers ports of the container, by the container's port
 */
record Container(
		String id,
		String name,
		Map<String, String> labels,
		boolean running,
		String health,
		boolean hostNetwork,
		List<Network> networks,
		SortedSet<Integer> ports,
		SortedMap<Integer, List<Binding>> published) {

	/**
	 * A network that the container is on.
	 *
	 * @param ipv4 null when it has none there
	 * @param ipv6 null when it has none there
	 */
	record Network(String id, String name, Subnet ipv4, Subnet ipv6) {}

	/** @param address of the machine; null for any */
	record Binding(InetAddress address, int port) {}
}
