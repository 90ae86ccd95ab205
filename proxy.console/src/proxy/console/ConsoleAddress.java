package proxy.console;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the console listens.
 *
 * @param host {@code localhost} or an IP address, an IPv6 one without brackets
 */
record ConsoleAddress(String host, int port) {

	private static final Pattern SYNTAX = Pattern.compile("(localhost|[0-9.]+|\\[[0-9a-fA-F:.]+]):([0-9]{1,5})");

	/** @throws IllegalArgumentException when it is not an address and a port */
	static ConsoleAddress parse(String text) {
		Matcher matcher = SYNTAX.matcher(text.strip());
		if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > 65535) {
			throw new IllegalArgumentException("'" + text + "' is not an IP address and a port such as 127.0.0.1:8181");
		}
		String host = matcher.group(1);
		return new ConsoleAddress(
				host.startsWith("[") ? host.substring(1, host.length() - 1) : host, Integer.parseInt(matcher.group(2)));
	}

	/** @throws IOException when nobody could listen there now */
	void probe() throws IOException {
		try (ServerSocket socket = new ServerSocket()) {
			socket.setReuseAddress(true);
			socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
		}
	}

	@Override
	public String toString() {
		return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
	}
}
