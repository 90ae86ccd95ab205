package proxy.discovery.docker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the engine listens: a socket file, or a host and port.
 *
 * @param file null when it is a host
 * @param host null when it is a file
 */
record EngineAddress(Path file, String host, int port) {

	private static final Pattern TCP = Pattern.compile("tcp://(\\[[0-9A-Fa-f:.]+\\]|[^:/\\[\\]]+):([0-9]{1,5})/?");
	/** Of sockaddr_un, less the final NUL, on the strictest system. */
	private static final int MOST_OCTETS = 103;

	/** @throws IllegalArgumentException with the reason, for people */
	static EngineAddress of(String text) {
		Matcher tcp = TCP.matcher(text);
		if (tcp.matches()) {
			int port = Integer.parseInt(tcp.group(2));
			if (port < 1 || port > 65535) {
				throw new IllegalArgumentException("'" + text + "' has a port that is not between 1 and 65535");
			}
			return new EngineAddress(null, tcp.group(1).replaceAll("[\\[\\]]", ""), port);
		}
		String path = text.startsWith("unix://") ? text.substring("unix://".length()) : text;
		if (path.isEmpty() || path.contains("://")) {
			throw new IllegalArgumentException("'" + text + "' is neither a path, nor unix:///path, nor tcp://host:port");
		}
		if (path.getBytes(StandardCharsets.UTF_8).length > MOST_OCTETS) {
			throw new IllegalArgumentException("'" + text + "' is too long for a socket: at most " + MOST_OCTETS + " octets");
		}
		try {
			return new EngineAddress(Path.of(path), null, 0);
		} catch (InvalidPathException e) {
			throw new IllegalArgumentException("'" + text + "' is not a path: " + e.getReason(), e);
		}
	}

	boolean isMissing() {
		return file != null && Files.notExists(file);
	}

	SocketChannel open() throws IOException {
		if (file != null) {
			return SocketChannel.open(StandardProtocolFamily.UNIX);
		}
		return SocketChannel.open().setOption(StandardSocketOptions.SO_KEEPALIVE, true);
	}

	SocketAddress resolve() throws UnknownHostException {
		return file != null ? UnixDomainSocketAddress.of(file) : new InetSocketAddress(machine(), port);
	}

	/** The machine that the engine runs on, as seen from here. */
	InetAddress machine() throws UnknownHostException {
		return file != null ? InetAddress.getByAddress(new byte[] {127, 0, 0, 1}) : InetAddress.getByName(host);
	}

	@Override
	public String toString() {
		return file != null ? file.toString() : "tcp://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
	}
}
