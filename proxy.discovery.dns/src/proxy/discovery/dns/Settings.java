package proxy.discovery.dns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The configuration, checked.
 *
 * @param servers empty for the system's
 */
record Settings(List<InetSocketAddress> servers, Duration minTtl, Duration maxTtl, Duration negativeTtl, Duration timeout) {

	static final String PATH = "service_discovery.dns";
	private static final int LEAST_MILLIS = 100;

	/** @throws IllegalArgumentException naming the setting and what is wrong with it */
	static Settings of(DnsConfig config) {
		List<InetSocketAddress> servers = new ArrayList<>();
		for (String server : config.servers()) {
			InetSocketAddress address = ServerAddress.parse(server);
			if (address == null) {
				throw new IllegalArgumentException(
						PATH + ".servers: '" + server + "' is not an IP address, nor one with a port such as 10.0.0.53:5353 or [::1]:53");
			}
			servers.add(address);
		}
		if (config.max_ttl_ms() < config.min_ttl_ms()) {
			throw new IllegalArgumentException(
					PATH + ".max_ttl_ms: " + config.max_ttl_ms() + " is less than min_ttl_ms, which is " + config.min_ttl_ms());
		}
		return new Settings(
				List.copyOf(servers),
				duration("min_ttl_ms", config.min_ttl_ms()),
				duration("max_ttl_ms", config.max_ttl_ms()),
				duration("negative_ttl_ms", config.negative_ttl_ms()),
				duration("timeout_ms", config.timeout_ms()));
	}

	private static Duration duration(String name, long millis) {
		if (millis < LEAST_MILLIS) {
			throw new IllegalArgumentException(PATH + "." + name + ": " + millis + " is less than " + LEAST_MILLIS);
		}
		return Duration.ofMillis(millis);
	}

	/** How long an answer with this TTL is valid. */
	Duration valid(long ttlSeconds) {
		Duration said = Duration.ofSeconds(ttlSeconds);
		return said.compareTo(minTtl) < 0 ? minTtl : said.compareTo(maxTtl) > 0 ? maxTtl : said;
	}
}
