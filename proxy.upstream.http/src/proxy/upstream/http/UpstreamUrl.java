package proxy.upstream.http;

import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.regex.Pattern;
import proxy.api.upstream.Upstream;

/**
 * An upstream as configured. Path, query and user information are not used, as in Pingoo.
 *
 * @param tls whether to speak TLS
 * @param host a name, an address without brackets, or a name of SRV records ({@code _http._tcp.tracker.example})
 */
record UpstreamUrl(boolean tls, String host, int port) {

	private static final Pattern SERVICE = Pattern.compile("_[^.]+\\._[^.]+\\.(.+)");

	/**
	 * @param setting for the error's text
	 * @throws IllegalArgumentException naming the setting and what is wrong with the URL
	 */
	static UpstreamUrl parse(String setting, String text) {
		int scheme = text.indexOf("://");
		if (scheme < 0) {
			throw wrong(setting, text, "has no scheme; http://" + text + " was probably meant");
		}
		boolean tls = switch (text.substring(0, scheme).toLowerCase(Locale.ROOT)) {
			case "http" -> false;
			case "https" -> true;
			default -> throw wrong(setting, text, "has a scheme other than http and https");
		};
		String authority = text.substring(scheme + 3).split("[/?#]", 2)[0];
		authority = authority.substring(authority.lastIndexOf('@') + 1);
		int bracket = authority.lastIndexOf(']');
		int colon = authority.indexOf(':', Math.max(bracket, 0));
		String host = colon < 0 ? authority : authority.substring(0, colon);
		int port = tls ? 443 : 80;
		if (colon >= 0) {
			port = port(setting, text, authority.substring(colon + 1));
		}
		if (host.startsWith("_") && !SERVICE.matcher(host).matches()) {
			throw wrong(setting, text, "is not a name of SRV records such as _http._tcp.example.com");
		}
		if (host.startsWith("_") && colon >= 0) {
			throw wrong(setting, text, "has a port, which its SRV records say");
		}
		if (host.startsWith("[") && host.endsWith("]")) {
			host = host.substring(1, host.length() - 1);
		}
		if (host.isEmpty() || host.chars().anyMatch(c -> c <= ' ' || c > '~')) {
			throw wrong(setting, text, "has no host");
		}
		return new UpstreamUrl(tls, host.toLowerCase(Locale.ROOT), port);
	}

	private static int port(String setting, String text, String digits) {
		if (digits.isEmpty() || digits.length() > 5 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
			throw wrong(setting, text, "has no port number behind the colon");
		}
		int port = Integer.parseInt(digits);
		if (port == 0 || port > 65_535) {
			throw wrong(setting, text, "has a port that is not in 1..65535");
		}
		return port;
	}

	private static IllegalArgumentException wrong(String setting, String text, String reason) {
		return new IllegalArgumentException(setting + ": the upstream '" + text + "' " + reason);
	}

	private boolean isService() {
		return host.startsWith("_");
	}

	/** One of the upstreams that the URL stands for. */
	Upstream upstream(InetSocketAddress found) {
		if (isService()) {
			return new Upstream(found.getHostString() + ":" + found.getPort(), found);
		}
		return new Upstream(toString(), new InetSocketAddress(found.getAddress(), port));
	}

	/** The name that the upstream's certificate must be for. Of SRV records it is theirs: DNS does not decide who is believed. */
	String serverName() {
		return isService() ? SERVICE.matcher(host).replaceFirst("$1") : host;
	}

	@Override
	public String toString() {
		if (isService()) {
			return host;
		}
		return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
	}
}
