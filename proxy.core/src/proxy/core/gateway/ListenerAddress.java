package proxy.core.gateway;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;

/** A listener's address as configured: {@code https://0.0.0.0:443}. */
record ListenerAddress(String scheme, InetSocketAddress socket) {

	private static final List<String> SCHEMES = List.of("http", "https", "tcp", "tcp+tls");

	/**
	 * @param setting for the error's text
	 * @throws IllegalArgumentException naming the setting and what is wrong with the address
	 */
	static ListenerAddress parse(String setting, String text) {
		String url = text.contains("://") ? text : "http://" + text;
		try {
			URI uri = URI.create(url);
			String scheme = uri.getScheme();
			String host = uri.getHost();
			if (!SCHEMES.contains(scheme)) {
				throw new IllegalArgumentException(
						setting + ": the scheme '" + scheme + "' is not one of " + String.join(", ", SCHEMES));
			}
			if (host == null) {
				throw new IllegalArgumentException(setting + ": '" + text + "' is not an address such as https://0.0.0.0:443");
			}
			if (uri.getPath() != null && !uri.getPath().isEmpty() && !uri.getPath().equals("/")) {
				throw new IllegalArgumentException(setting + ": an address has no path, '" + text + "' has one");
			}
			if (uri.getPort() < 0 && scheme.startsWith("tcp")) {
				throw new IllegalArgumentException(setting + ": a " + scheme + " listener needs a port, '" + text + "' has none");
			}
			int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
			return new ListenerAddress(scheme, new InetSocketAddress(address(setting, host), port));
		} catch (IllegalArgumentException wrong) {
			if (wrong.getMessage() != null && wrong.getMessage().startsWith(setting)) {
				throw wrong;
			}
			throw new IllegalArgumentException(setting + ": '" + text + "' is not an address such as https://0.0.0.0:443");
		}
	}

	private static InetAddress address(String setting, String host) {
		boolean literal = host.startsWith("[") || host.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
		if (!literal && !host.equals("localhost")) {
			throw new IllegalArgumentException(setting + ": the host '" + host + "' is not an IP address");
		}
		try {
			return InetAddress.getByName(host);
		} catch (UnknownHostException wrong) {
			throw new IllegalArgumentException(setting + ": the host '" + host + "' is not an IP address");
		}
	}

	boolean isTls() {
		return scheme.equals("https") || scheme.equals("tcp+tls");
	}

	boolean isTcp() {
		return scheme.startsWith("tcp");
	}

	@Override
	public String toString() {
		String host = socket.getAddress().getHostAddress().replaceFirst("^(0:){7}", "::");
		String shown = host.equals("::0") ? "[::]" : host.contains(":") ? "[" + host + "]" : host;
		return scheme + "://" + shown + ":" + socket.getPort();
	}
}
