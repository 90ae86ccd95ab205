package proxy.upstream.tcp;

import java.util.List;
import java.util.stream.Stream;

/**
 * A service's configuration, checked.
 *
 * @param proxyHeader which version to send, or null for none
 */
record Settings(
		String name,
		List<UpstreamAddress> upstreams,
		int connectMillis,
		int attempts,
		long idleMillis,
		ProxyHeader.Version proxyHeader) {

	/** @throws IllegalArgumentException naming the setting and what is wrong with it */
	static Settings check(TcpProxyService.Config config) {
		String setting = setting(config);
		atLeast(1, setting, "connect_timeout_ms", config.connect_timeout_ms());
		atLeast(1, setting, "connect_attempts", config.connect_attempts());
		atLeast(0, setting, "idle_timeout_ms", config.idle_timeout_ms());
		return new Settings(
				config.name(),
				Stream.of(config.upstreams()).map(url -> UpstreamAddress.parse(setting, url)).distinct().toList(),
				config.connect_timeout_ms(),
				config.connect_attempts(),
				config.idle_timeout_ms(),
				version(setting, config.send_proxy_protocol()));
	}

	/** The path of the service's settings in the configuration file. */
	static String setting(TcpProxyService.Config config) {
		return "services." + config.name() + ".tcp_proxy";
	}

	private static void atLeast(long least, String setting, String name, long value) {
		if (value < least) {
			throw new IllegalArgumentException(setting + ": " + name + " is " + value + ", it must be at least " + least);
		}
	}

	private static ProxyHeader.Version version(String setting, String word) {
		return switch (word) {
			case "off" -> null;
			case "v1" -> ProxyHeader.Version.V1;
			case "v2" -> ProxyHeader.Version.V2;
			default -> throw new IllegalArgumentException(
					setting + ": send_proxy_protocol is '" + word + "', it must be off, v1 or v2");
		};
	}
}
