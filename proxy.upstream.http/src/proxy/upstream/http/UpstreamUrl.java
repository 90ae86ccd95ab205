package proxy.upstream.http;

import java.util.Locale;

/**
 * An upstream as configured. Path, query and user information are not used, as in Pingoo.
 *
 * @param tls whether to speak TLS
 * @param host a name or an address without brackets
 */
record UpstreamUrl(boolean tls, String host, int port) {

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

	@Override
	public String toString() {
		return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
	}
}
