package proxy.discovery.docker;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import proxy.discovery.docker.Container.Binding;
import proxy.discovery.docker.Container.Network;

/** Makes a container of the engine's answer to {@code GET /containers/ID/json}. */
final class ContainerReader {

	private static final String TCP = "/tcp";

	private ContainerReader() {}

	static Container read(JsonValue answer) throws AnswerException {
		JsonObject root = Json.object(answer);
		JsonObject state = Json.object(root, "State");
		JsonObject config = Json.object(root, "Config");
		JsonObject bindings = Json.object(Json.object(root, "NetworkSettings"), "Ports");
		String id = Json.text(root, "Id");
		if (id.isEmpty() || state.isEmpty()) {
			throw new AnswerException("the engine describes it without id or state");
		}
		String name = Json.text(root, "Name");
		SortedSet<Integer> ports = tcpPorts(Json.object(config, "ExposedPorts"));
		ports.addAll(tcpPorts(bindings));
		return new Container(
				id,
				name.startsWith("/") ? name.substring(1) : name,
				labels(Json.object(config, "Labels")),
				Json.isTrue(state, "Running") && !Json.isTrue(state, "Paused") && !Json.isTrue(state, "Restarting"),
				Json.text(Json.object(state, "Health"), "Status"),
				Json.text(Json.object(root, "HostConfig"), "NetworkMode").equals("host"),
				networks(Json.object(Json.object(root, "NetworkSettings"), "Networks")),
				ports,
				published(bindings));
	}

	private static Map<String, String> labels(JsonObject labels) {
		Map<String, String> texts = new HashMap<>();
		labels.forEach((name, value) -> {
			if (value instanceof JsonString text) {
				texts.put(name, text.getString());
			}
		});
		return texts;
	}

	private static List<Network> networks(JsonObject networks) {
		List<Network> all = new ArrayList<>();
		networks.forEach((name, value) -> {
			JsonObject network = Json.object(value);
			all.add(new Network(
					Json.text(network, "NetworkID"),
					name,
					Subnet.of(Json.text(network, "IPAddress"), Json.number(network, "IPPrefixLen")),
					Subnet.of(Json.text(network, "GlobalIPv6Address"), Json.number(network, "GlobalIPv6PrefixLen"))));
		});
		all.sort(Comparator.comparing(Network::name));
		return all;
	}

	/** Of keys like {@code 80/tcp}. */
	private static SortedSet<Integer> tcpPorts(JsonObject byPort) {
		SortedSet<Integer> ports = new TreeSet<>();
		for (String key : byPort.keySet()) {
			int port = key.endsWith(TCP) ? Ports.parse(key.substring(0, key.length() - TCP.length())) : 0;
			if (port > 0) {
				ports.add(port);
			}
		}
		return ports;
	}

	private static SortedMap<Integer, List<Binding>> published(JsonObject byPort) {
		SortedMap<Integer, List<Binding>> published = new TreeMap<>();
		for (int port : tcpPorts(byPort)) {
			List<Binding> bindings = new ArrayList<>();
			for (JsonValue value : Json.array(byPort.get(port + TCP))) {
				JsonObject binding = Json.object(value);
				InetAddress address = Subnet.address(Json.text(binding, "HostIp"));
				int offered = Ports.parse(Json.text(binding, "HostPort"));
				if (offered > 0) {
					bindings.add(new Binding(address == null || address.isAnyLocalAddress() ? null : address, offered));
				}
			}
			if (!bindings.isEmpty()) {
				published.put(port, bindings);
			}
		}
		return published;
	}
}
