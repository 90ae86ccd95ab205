package proxy.discovery.dns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What {@code /etc/resolv.conf} says (resolv.conf(5)), as far as it matters here.
 *
 * @param search domains that are tried behind a name
 * @param dots a name with at least so many is tried as it is first
 */
record ResolvConf(List<InetSocketAddress> servers, List<String> search, int dots) {

	private static final int DNS_PORT = 53;
	private static final int MOST_DOTS = 15;

	static ResolvConf parse(List<String> lines) {
		List<InetSocketAddress> servers = new ArrayList<>();
		List<String> search = List.of();
		int dots = 1;
		for (String line : lines) {
			String[] words = line.split("[#;]", 2)[0].strip().split("\\s+");
			List<String> values = Arrays.asList(words).subList(1, words.length);
			switch (words[0]) {
				case "nameserver" -> values.stream().limit(1).forEach(value -> {
					InetAddress address = ServerAddress.literal(value);
					if (address != null) {
						servers.add(new InetSocketAddress(address, DNS_PORT));
					}
				});
				case "search", "domain" -> search = List.copyOf(values);
				case "options" -> dots = dots(values, dots);
				default -> {
					// what it says besides is not for us
				}
			}
		}
		if (servers.isEmpty()) {
			servers.add(new InetSocketAddress(InetAddress.getLoopbackAddress(), DNS_PORT));
		}
		return new ResolvConf(List.copyOf(servers), search, dots);
	}

	private static int dots(List<String> options, int before) {
		int dots = before;
		for (String option : options) {
			if (option.matches("ndots:[0-9]{1,4}")) {
				dots = Math.min(MOST_DOTS, Integer.parseInt(option.substring("ndots:".length())));
			}
		}
		return dots;
	}

	/** The full names that a name may stand for, in order, each with its final dot. */
	List<String> candidates(String name) {
		if (name.endsWith(".")) {
			return List.of(name);
		}
		List<String> all = new ArrayList<>();
		for (String domain : search) {
			String bare = domain.replaceFirst("^\\.+", "").replaceFirst("\\.$", "");
			all.add(bare.isEmpty() ? name + "." : name + "." + bare + ".");
		}
		boolean first = name.chars().filter(c -> c == '.').count() >= dots;
		all.add(first ? 0 : all.size(), name + ".");
		return all;
	}
}
