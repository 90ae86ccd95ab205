package proxy.discovery.docker;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A container in the words of the engine. */
final class ContainerText {

	final String id;
	private final String name;
	private final Map<String, String> labels = new TreeMap<>();
	private final Map<String, String> networks = new TreeMap<>();
	private final Map<String, String> ports = new TreeMap<>();
	private String state = "\"Running\":true,\"Paused\":false,\"Restarting\":false";
	private String mode = "default";

	/** @param name also seeds the id */
	ContainerText(String name) {
		this.name = name;
		id = String.format("%064x", name.hashCode() & 0xFFFFFFFFL);
	}

	ContainerText label(String label, String json) {
		labels.put(label, json);
		return this;
	}

	ContainerText service(String service) {
		return label("pingoo.service", service);
	}

	ContainerText network(String network, String ipv4, String ipv6) {
		networks.put(network, """
				{"NetworkID":"id-%s","IPAddress":"%s","IPPrefixLen":%d,"GlobalIPv6Address":"%s","GlobalIPv6PrefixLen":%d}"""
				.formatted(network, ipv4, ipv4.isEmpty() ? 0 : 24, ipv6, ipv6.isEmpty() ? 0 : 64));
		return this;
	}

	ContainerText network(String ipv4) {
		return network("bridge", ipv4, "");
	}

	ContainerText port(String port) {
		ports.put(port, "null");
		return this;
	}

	ContainerText published(String port, String address, int offered) {
		ports.put(port, "[{\"HostIp\":\"" + address + "\",\"HostPort\":\"" + offered + "\"}]");
		return this;
	}

	ContainerText health(String health) {
		state = "\"Running\":true,\"Health\":{\"Status\":\"" + health + "\"}";
		return this;
	}

	ContainerText state(String json) {
		state = json;
		return this;
	}

	ContainerText hostNetwork() {
		mode = "host";
		return network("host", "", "");
	}

	boolean has(String label) {
		return labels.containsKey(label);
	}

	Container parse() {
		try {
			return ContainerReader.read(Json.parse(inspection().getBytes()));
		} catch (java.io.IOException e) {
			throw new AssertionError(e);
		}
	}

	String entry() {
		return "{\"Id\":\"" + id + "\"}";
	}

	String inspection() {
		String exposed = ports.keySet().stream().map(port -> "\"" + port + "\":{}").collect(Collectors.joining(","));
		return """
				{"Id":"%s","Name":"/%s","State":{%s},"HostConfig":{"NetworkMode":"%s"},
				"Config":{"Labels":%s,"ExposedPorts":{%s}},
				"NetworkSettings":{"Ports":%s,"Networks":%s}}"""
				.formatted(id, name, state, mode, quoted(labels), exposed, raw(ports), raw(networks));
	}

	String event(String action) {
		return """
				{"Type":"container","Action":"%s","Actor":{"ID":"%s","Attributes":%s}}""".formatted(action, id, quoted(labels));
	}

	private static String raw(Map<String, String> members) {
		return members.entrySet().stream()
				.map(member -> "\"" + member.getKey() + "\":" + member.getValue())
				.collect(Collectors.joining(",", "{", "}"));
	}

	private static String quoted(Map<String, String> members) {
		Map<String, String> quoted = new TreeMap<>();
		members.forEach((name, value) -> quoted.put(name, "\"" + value + "\""));
		return raw(quoted);
	}
}
