package proxy.discovery.docker;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import proxy.discovery.docker.Container.Binding;
import proxy.discovery.docker.Container.Network;

/**
 * From where the gateway sees containers.
 *
 * @param own the gateway's own container; null when it is in none, or the engine does not know it
 * @param contained whether it is in a container at all
 * @param subnets of the gateway's network interfaces
 * @param machine the machine that the engine runs on
 */
record Vantage(Container own, boolean contained, List<Subnet> subnets, InetAddress machine) {

	static List<Subnet> ownSubnets() throws SocketException {
		List<Subnet> subnets = new ArrayList<>();
		NetworkInterface.networkInterfaces()
				.flatMap(device -> device.getInterfaceAddresses().stream())
				.filter(known -> !known.getAddress().isLoopbackAddress() && !known.getAddress().isLinkLocalAddress())
				.forEach(known -> subnets.add(new Subnet(known.getAddress(), known.getNetworkPrefixLength())));
		return subnets;
	}

	/**
	 * Where the container's port is reached from here: on a network that both are on, IPv4 first, else where the machine
	 * publishes it.
	 *
	 * @return null when there is no way
	 */
	InetSocketAddress address(Container container, int port) {
		if (container.hostNetwork()) {
			return onMachine() ? new InetSocketAddress(machine, port) : null;
		}
		InetAddress shared = shared(container, Network::ipv4);
		if (shared == null) {
			shared = shared(container, Network::ipv6);
		}
		if (shared != null) {
			return new InetSocketAddress(shared, port);
		}
		List<Binding> bindings = onMachine() ? container.published().get(port) : null;
		if (bindings == null) {
			return null;
		}
		Binding first = bindings.get(0);
		return new InetSocketAddress(first.address() == null ? machine : first.address(), first.port());
	}

	private InetAddress shared(Container container, Function<Network, Subnet> family) {
		for (Network network : container.networks()) {
			Subnet there = family.apply(network);
			if (there != null && reaches(network, there, family)) {
				return there.address();
			}
		}
		return null;
	}

	private boolean reaches(Network network, Subnet there, Function<Network, Subnet> family) {
		if (own == null || own.hostNetwork()) {
			return subnets.stream().anyMatch(subnet -> subnet.contains(there.address()));
		}
		return own.networks().stream().anyMatch(mine -> mine.id().equals(network.id()) && family.apply(mine) != null);
	}

	/** Whether the gateway uses the network of a machine itself. */
	boolean onMachine() {
		return !contained || own != null && own.hostNetwork();
	}
}
