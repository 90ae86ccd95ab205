package proxy.config.yaml;

import java.util.List;
import java.util.Map;
import proxy.config.yaml.Value.Items;
import proxy.config.yaml.Value.Scalar;

/** Checks the upstream URLs of the proxying kinds. */
final class Upstreams {

	private static final List<String> SCHEMES = List.of("http", "https", "tcp");

	private final Findings findings;

	Upstreams(Findings findings) {
		this.findings = findings;
	}

	void check(Value value, String kind, String path, Map<String, Object> properties) {
		if (!(value instanceof Items list) || !(properties.get("upstreams") instanceof String[] upstreams)) {
			return;
		}
		int index = 0;
		for (Value item : list.items()) {
			String at = path + "[" + index + "]";
			if (item instanceof Scalar scalar && index < upstreams.length) {
				try {
					upstreams[index] = url(scalar.text().strip(), kind, at, scalar.at());
				} catch (IllegalArgumentException e) {
					findings.error(scalar.at(), at, e.getMessage());
				}
			}
			index++;
		}
	}

	private String url(String text, String kind, String path, Position at) {
		NetAddress url = NetAddress.parse(text);
		String usual = kind.equals("tcp_proxy") ? "tcp" : "http";
		if (url.scheme().isEmpty()) {
			throw new IllegalArgumentException("'" + text + "' is not a URL, did you mean " + usual + "://" + text + "?");
		}
		if (!SCHEMES.contains(url.scheme())) {
			throw new IllegalArgumentException("'" + url.scheme() + "' is not one of http, https, tcp"
					+ Spelling.closest(url.scheme(), SCHEMES).map(meant -> ", did you mean '" + meant + "'?").orElse(""));
		}
		if (url.host().isEmpty() || url.host().startsWith("[") && !url.isIpv6()) {
			throw new IllegalArgumentException(url.host().isEmpty() ? "the host is missing" : url.host() + " is not an IPv6 address");
		}
		if (url.host().chars().anyMatch(c -> c > 0x7E)) {
			throw new IllegalArgumentException("the host '" + url.host() + "' is not ASCII");
		}
		if (url.port() == 0 || url.port() < 0 && url.scheme().equals("tcp")) {
			throw new IllegalArgumentException("a port is needed: " + url.scheme() + "://" + url.host() + ":PORT");
		}
		if (url.user() || !url.rest().isEmpty() && !url.rest().equals("/")) {
			findings.ignorable(at, path, "an upstream is a host and a port; requests keep their own path and query");
		}
		return plain(url, kind);
	}

	/** The URL as the kind understands it, without what is ignored. */
	private static String plain(NetAddress url, String kind) {
		String scheme = kind.equals("http_proxy") && url.scheme().equals("tcp") ? "http" : url.scheme();
		return scheme + "://" + url.host() + (url.port() < 0 ? "" : ":" + url.port());
	}
}
