package proxy.upstream.http;

import java.util.ArrayList;
import java.util.List;

/**
 * A service's configuration, checked.
 *
 * @param config as configured
 * @param urls its upstreams
 */
record Settings(HttpProxyService.Config config, List<UpstreamUrl> urls) {

	/** @throws IllegalArgumentException naming the setting and what is wrong with it */
	static Settings check(HttpProxyService.Config config) {
		String setting = setting(config);
		List<UpstreamUrl> urls = new ArrayList<>();
		for (String url : config.upstreams()) {
			urls.add(UpstreamUrl.parse(setting, url));
		}
		positive(setting, "connect_timeout_ms", config.connect_timeout_ms());
		positive(setting, "response_timeout_ms", config.response_timeout_ms());
		positive(setting, "idle_timeout_ms", config.idle_timeout_ms());
		return new Settings(config, List.copyOf(urls));
	}

	/** The path of the service's settings in the configuration file. */
	static String setting(HttpProxyService.Config config) {
		return "services." + config.name() + ".http_proxy";
	}

	static String balancer(HttpProxyService.Config config) {
		return setting(config) + ".balancer";
	}

	private static void positive(String setting, String name, long value) {
		if (value <= 0) {
			throw new IllegalArgumentException(setting + ": " + name + " is " + value + ", it must be more than 0");
		}
	}
}
