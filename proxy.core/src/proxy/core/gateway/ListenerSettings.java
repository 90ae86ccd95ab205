package proxy.core.gateway;

import java.util.List;
import proxy.core.http.Limits;
import proxy.core.http2.Http2;

/** A listener's configuration, checked. */
record ListenerSettings(ListenerConfig config, ListenerAddress address, Limits limits) {

	private static final String[] TLS_13 = {"TLSv1.3"};
	private static final String[] TLS_12_AND_13 = {"TLSv1.3", "TLSv1.2"};
	private static final String[] HTTP_1 = {"http/1.1"};
	private static final String[] HTTP_2_AND_1 = {Http2.ALPN, "http/1.1"};

	/** @throws IllegalArgumentException naming the setting and what is wrong with it */
	static ListenerSettings check(ListenerConfig config) {
		if (config.name() == null || config.name().isBlank()) {
			throw new IllegalArgumentException("listeners: a listener needs a name");
		}
		String setting = setting(config);
		ListenerAddress address = ListenerAddress.parse(setting + ".address", config.address());
		if (config.https_redirect() && !address.scheme().equals("http")) {
			throw new IllegalArgumentException(setting + ".https_redirect: only an http listener can redirect to https");
		}
		if (config.https_redirect_port() < 1 || config.https_redirect_port() > 65_535) {
			throw new IllegalArgumentException(
					setting + ".https_redirect_port: " + config.https_redirect_port() + " is not in 1..65535");
		}
		atLeast(1, setting, "handshake_timeout_ms", config.handshake_timeout_ms());
		atLeast(1, setting, "head_timeout_ms", config.head_timeout_ms());
		atLeast(0, setting, "idle_timeout_ms", config.idle_timeout_ms());
		atLeast(1, setting, "stall_timeout_ms", config.stall_timeout_ms());
		atLeast(0, setting, "min_content_rate", config.min_content_rate());
		atLeast(256, setting, "max_head_size", config.max_head_size());
		atLeast(1, setting, "max_connections", config.max_connections());
		if (config.proxy_protocol() && config.trusted_proxies().length == 0) {
			throw new IllegalArgumentException(
					setting + ".proxy_protocol: trusted_proxies is empty; name the proxies whose PROXY headers are to be believed");
		}
		Limits limits = new Limits(
				config.max_head_size(),
				config.head_timeout_ms(),
				config.idle_timeout_ms(),
				config.stall_timeout_ms(),
				config.min_content_rate(),
				config.max_connections(),
				new Networks(setting + ".trusted_proxies", config.trusted_proxies()));
		return new ListenerSettings(config, address, limits);
	}

	private static void atLeast(long least, String setting, String name, long value) {
		if (value < least) {
			throw new IllegalArgumentException(setting + "." + name + ": is " + value + ", it must be at least " + least);
		}
	}

	/** The path of the listener's settings in the configuration file. */
	static String setting(ListenerConfig config) {
		return "listeners." + config.name();
	}

	/** Whether a socket that was opened for these serves for those, too. */
	boolean sameSocket(ListenerSettings other) {
		return address.equals(other.address)
				&& config.reuse_port() == other.config.reuse_port()
				&& config.backlog() == other.config.backlog();
	}

	String name() {
		return config.name();
	}

	List<String> services() {
		return List.of(config.services());
	}

	/** The port to redirect every request to, or 0. */
	int redirectPort() {
		return config.https_redirect() ? config.https_redirect_port() : 0;
	}

	String[] tlsVersions() {
		return config.tls_min_version().equals("1.2") ? TLS_12_AND_13 : TLS_13;
	}

	/** For ALPN (RFC 7301), in order. */
	String[] applicationProtocols() {
		if (address.isTcp()) {
			return config.alpn();
		}
		return config.http2() ? HTTP_2_AND_1 : HTTP_1;
	}
}
