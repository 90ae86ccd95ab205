package proxy.discovery.docker;

import java.net.InetSocketAddress;
import java.util.Set;
import java.util.stream.Collectors;
import proxy.api.upstream.Upstream;
import proxy.discovery.docker.Container.Network;

/** Judges containers by their labels, state, ports and networks. */
final class Placement {

	private static final String[] PREFIXES = {"gatehouse.", "pingoo."};
	private static final Set<String> NOT_READY = Set.of("starting", "unhealthy");
	private static final int LONGEST_NAME = 128;

	private final Vantage vantage;

	Placement(Vantage vantage) {
		this.vantage = vantage;
	}

	static String[] serviceLabels() {
		return new String[] {"gatehouse.service", "pingoo.service"};
	}

	Finding judge(Container container) {
		try {
			String service = service(container);
			if (!container.running() || NOT_READY.contains(container.health())) {
				return Finding.notReady(container.name());
			}
			int port = port(container);
			Upstream upstream = new Upstream(container.name() + ":" + port, address(container, port));
			return new Finding(container.name(), service, upstream, null);
		} catch (Unfit e) {
			return Finding.unfit(container.name(), e.getMessage());
		}
	}

	private static String service(Container container) throws Unfit {
		String label = label(container, "service");
		String service = label == null ? "" : container.labels().get(label);
		if (service.isBlank() || !service.equals(service.strip())) {
			throw new Unfit("the label %s of container %s is empty or has blanks around it", label, container.name());
		}
		if (service.length() > LONGEST_NAME || service.chars().anyMatch(Placement::isUnprintable)) {
			throw new Unfit("the label %s of container %s is not the name of a service", label, container.name());
		}
		return service;
	}

	private static int port(Container container) throws Unfit {
		String label = label(container, "port");
		if (label == null) {
			return exposedPort(container);
		}
		int port = Ports.parse(container.labels().get(label));
		if (port == 0) {
			throw new Unfit("the label %s of container %s is not a port number between 1 and 65535", label, container.name());
		}
		return port;
	}

	private static int exposedPort(Container container) throws Unfit {
		if (container.ports().isEmpty()) {
			throw new Unfit("container %s exposes no port, set the label pingoo.port", container.name());
		}
		if (container.ports().size() > 1) {
			throw new Unfit(
					"container %s exposes %s ports (%s), set the label pingoo.port",
					container.name(),
					container.ports().size(),
					container.ports().stream().map(String::valueOf).collect(Collectors.joining(", ")));
		}
		return container.ports().first();
	}

	private InetSocketAddress address(Container container, int port) throws Unfit {
		InetSocketAddress address = vantage.address(container, port);
		if (address != null) {
			return address;
		}
		if (container.hostNetwork()) {
			throw new Unfit("container %s uses the network of its machine, which the gateway's container does not", container.name());
		}
		String networks = container.networks().stream().map(Network::name).collect(Collectors.joining(", "));
		throw new Unfit(
				vantage.onMachine()
						? "container %s is on no network of this machine (%s) and publishes no port %d"
						: "container %s shares no network with the gateway's container; it is on: %s",
				container.name(), networks.isEmpty() ? "none" : networks, port);
	}

	/** @return null when the container has neither; ours wins over Pingoo's */
	private static String label(Container container, String name) {
		for (String prefix : PREFIXES) {
			if (container.labels().containsKey(prefix + name)) {
				return prefix + name;
			}
		}
		return null;
	}

	private static boolean isUnprintable(int character) {
		int type = Character.getType(character);
		return Character.isISOControl(character) || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR
				|| type == Character.FORMAT;
	}

	/** A container that cannot be used as it is. */
	private static final class Unfit extends Exception {

		private static final long serialVersionUID = 1L;

		Unfit(String reason, Object... of) {
			super(reason.formatted(of), null, false, false);
		}
	}
}
