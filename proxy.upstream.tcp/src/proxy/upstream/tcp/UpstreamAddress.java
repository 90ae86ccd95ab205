package proxy.upstream.tcp;

import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import proxy.api.upstream.Upstream;

/**
 * An upstream as configured: {@code tcp://host:port}. As in Pingoo http and https stand for their ports only; path, query and
 * user information are not used.
 *
 * @param host a name or an address without brackets
 * @param port 0 when SRV records say it
 */
record UpstreamAddress(String host, int port) {

	private static final Pattern URL = Pattern.compile(
			"([A-Za-z][A-Za-z0-9+.-]*)://(?:[^@/?#]*@)?(\\[[0-9A-Fa-f:.]+\\]|[!-~&&[^:/?#@\\[\\]]]+)(?::([0-9]{1,5}))?(?:[/?#].*)?");

	/**
	 * @param setting for the error's text
	 * @throws IllegalArgumentException naming the setting and what is wrong with the URL
	 */
	static UpstreamAddress parse(String setting, String text) {
		Matcher url = URL.matcher(text);
		if (!url.matches()) {
			throw wrong(setting, text, "is not a URL such as tcp://database:5432");
		}
		String host = url.group(2).toLowerCase(Locale.ROOT);
		int usual = switch (url.group(1).toLowerCase(Locale.ROOT)) {
			case "tcp" -> host.startsWith("_") ? 0 : -1;
			case "http" -> 80;
			case "https" -> 443;
			default -> throw wrong(setting, text, "has a scheme other than tcp");
		};
		int port = url.group(3) == null ? usual : Integer.parseInt(url.group(3));
		if (port < 0 || url.group(3) != null && port == 0 || port > 65_535) {
			throw wrong(setting, text, "has no port in 1..65535");
		}
		return new UpstreamAddress(host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port);
	}

	private static IllegalArgumentException wrong(String setting, String text, String reason) {
		return new IllegalArgumentException(setting + ": the upstream '" + text + "' " + reason);
	}

	/** @param found an address of the host; its port counts if it has one */
	Upstream upstream(InetSocketAddress found) {
		int known = found.getPort() == 0 ? port : found.getPort();
		return new Upstream((host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + known, new InetSocketAddress(found.getAddress(), known));
	}
}
