package proxy.config.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import proxy.config.yaml.Value.Field;
import proxy.config.yaml.Value.Fields;
import proxy.config.yaml.Value.Scalar;

/** What a listener must be besides well typed: an address that can be bound, and services that are there. */
final class Listeners {

	private static final List<String> SCHEMES = List.of("http", "https", "tcp", "tcp+tls");

	private static final String TCP_PROXY = "tcp_proxy";
	/** A plugin's kinds are for what they say when they are there. */
	private static final Set<String> HTTP_KINDS = Set.of("http_proxy", "static");

	private final Findings findings;
	private final Map<String, NetAddress> addresses = new LinkedHashMap<>();

	Listeners(Findings findings) {
		this.findings = findings;
	}

	/** Checks the address and writes it in full, with scheme and port. */
	void address(Fields listener, String name, String path, Map<String, Object> properties) {
		Field field = listener.fields().get("address");
		if (field == null || field.value() instanceof Value.Nothing) {
			findings.missing(field == null ? listener.at() : field.at(), path + ".address", "where to listen, such as http://0.0.0.0:8080");
		} else if (field.value() instanceof Scalar scalar) {
			try {
				NetAddress address = parse(scalar.text().strip(), path + ".address", scalar.at());
				clash(name, address, path + ".address", scalar.at());
				addresses.put(name, address);
				properties.put("address", address.scheme() + "://" + address.host() + ":" + address.port());
			} catch (IllegalArgumentException e) {
				findings.error(scalar.at(), path + ".address", e.getMessage());
			}
		}
	}

	private NetAddress parse(String text, String path, Position at) {
		NetAddress address = NetAddress.parse(text);
		String scheme = address.scheme().isEmpty() ? "http" : address.scheme();
		if (!SCHEMES.contains(scheme)) {
			throw new IllegalArgumentException("'" + scheme + "' is not one of http, https, tcp, tcp+tls"
					+ Spelling.closest(scheme, SCHEMES).map(meant -> ", did you mean '" + meant + "'?").orElse(""));
		}
		String host = address.host().equals("localhost") ? "127.0.0.1" : address.host();
		NetAddress full = new NetAddress(scheme, false, host, port(address, scheme), "");
		if (!full.hasIpLiteral()) {
			throw new IllegalArgumentException(notAnAddress(address, full));
		}
		if (address.user()) {
			throw new IllegalArgumentException("a listener's address has no user name");
		}
		if (!address.rest().isEmpty() && !address.rest().equals("/")) {
			findings.ignorable(at, path, "a listener's address has no path, found '" + address.rest() + "'");
		}
		return full;
	}

	private static int port(NetAddress address, String scheme) {
		if (address.port() >= 0) {
			return address.port();
		}
		return switch (scheme) {
			case "http" -> 80;
			case "https" -> 443;
			default -> throw new IllegalArgumentException("a " + scheme + " listener needs a port: " + scheme + "://" + address.host() + ":PORT");
		};
	}

	private static String notAnAddress(NetAddress address, NetAddress full) {
		if (address.host().isEmpty() || address.host().equals("*")) {
			return "the IP address is missing, did you mean " + full.scheme() + "://0.0.0.0:" + full.port() + "?";
		}
		return "'" + address.host() + "' is not an IP address of this machine; 0.0.0.0 stands for all of IPv4, [::] for all,"
				+ " and a service's route says which host names it serves";
	}

	private void clash(String name, NetAddress address, String path, Position at) {
		if (address.port() == 0) {
			return;
		}
		addresses.forEach((other, taken) -> {
			if (taken.port() == address.port() && (taken.host().equals(address.host()) || taken.isWildcard() || address.isWildcard())) {
				findings.error(at, path, "port " + address.port() + " is taken by listener '" + other + "' on " + taken.host());
			}
		});
	}

	/** Whether a CA finds a listener on a port that it asks on, forwarding aside. */
	boolean canAnswerChallenges() {
		return addresses.values().stream().anyMatch(address -> address.port() == 80 && address.scheme().equals("http")
				|| address.port() == 443 && List.of("https", "tcp+tls").contains(address.scheme()));
	}

	/**
	 * Checks the list of services that a listener offers, once all services are known.
	 *
	 * @param unrouted the services that take everything
	 */
	void services(Fields listener, String name, String path, Map<String, String> kinds, Set<String> unrouted) {
		NetAddress address = addresses.get(name);
		boolean tcp = address != null && address.scheme().startsWith("tcp");
		Field field = listener.fields().get("services");
		if (field != null && field.value() instanceof Value.Items list) {
			if (list.items().isEmpty()) {
				findings.error(field.at(), path + ".services", "no service; leave the key out to offer all of them");
			}
			List<String> offered = named(list, path + ".services", tcp, kinds);
			if (tcp) {
				reached(offered, unrouted, field.at(), path + ".services");
			}
		} else if (tcp) {
			List<String> offered = kinds.keySet().stream().filter(service -> TCP_PROXY.equals(kinds.get(service))).toList();
			if (offered.isEmpty()) {
				findings.error(listener.at(), path, "there is no service for a " + address.scheme() + " listener, such as one of kind " + TCP_PROXY);
			}
			reached(offered, unrouted, listener.at(), path);
		}
	}

	/** Of services that all take everything only the first gets something. */
	private void reached(List<String> offered, Set<String> unrouted, Position at, String path) {
		for (int i = 0; i < offered.size() - 1; i++) {
			if (unrouted.contains(offered.get(i))) {
				findings.error(at, path, "service '" + offered.get(i) + "' has no route and takes every connection, nothing is left for '"
						+ offered.get(i + 1) + "'; give it a route, or name one service with services: [NAME]");
				return;
			}
		}
	}

	private List<String> named(Value.Items list, String path, boolean tcp, Map<String, String> kinds) {
		List<String> seen = new ArrayList<>();
		for (Value item : list.items()) {
			if (!(item instanceof Scalar scalar)) {
				continue;
			}
			String service = scalar.text();
			String at = path + "[" + seen.size() + "]";
			String kind = kinds.get(service);
			if (!kinds.containsKey(service)) {
				findings.error(scalar.at(), at, "unknown service '" + service + "'" + Spelling.hint(service, kinds.keySet()));
			} else if (seen.contains(service)) {
				findings.error(scalar.at(), at, "service '" + service + "' is named twice");
			} else if (kind != null && (tcp ? HTTP_KINDS.contains(kind) : kind.equals(TCP_PROXY))) {
				findings.error(scalar.at(), at, "service '" + service + "' is of kind " + kind + ", which "
						+ (tcp ? "a tcp" : "an http") + " listener cannot offer");
			}
			seen.add(service);
		}
		return seen;
	}
}
