package proxy.upstream.tcp;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Tells an upstream, in HAProxy's PROXY protocol, who its client is. */
final class ProxyHeader {

	enum Version {
		/** A line of text. */
		V1,
		/** Octets. */
		V2
	}

	private static final byte[] SIGNATURE = {'\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'};
	private static final byte VERSION_2_PROXY = 0x21;
	private static final byte TCP_OVER_IPV4 = 0x11;
	private static final byte TCP_OVER_IPV6 = 0x21;

	private ProxyHeader() {}

	static ByteBuffer of(Version version, InetSocketAddress client, InetSocketAddress destination) {
		boolean ipv4 = isIpv4(client) && isIpv4(destination);
		return version == Version.V1 ? line(ipv4, client, destination) : octets(ipv4, client, destination);
	}

	private static boolean isIpv4(InetSocketAddress address) {
		return address.getAddress() instanceof Inet4Address;
	}

	private static ByteBuffer line(boolean ipv4, InetSocketAddress client, InetSocketAddress destination) {
		String line = "PROXY " + (ipv4 ? "TCP4 " : "TCP6 ")
				+ text(ipv4, client.getAddress()) + " " + text(ipv4, destination.getAddress()) + " "
				+ client.getPort() + " " + destination.getPort() + "\r\n";
		return ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
	}

	private static String text(boolean ipv4, InetAddress address) {
		boolean mapped = !ipv4 && address instanceof Inet4Address;
		return (mapped ? "::ffff:" : "") + address.getHostAddress().replaceFirst("%.*", "");
	}

	private static ByteBuffer octets(boolean ipv4, InetSocketAddress client, InetSocketAddress destination) {
		int size = ipv4 ? 12 : 36;
		return ByteBuffer.allocate(SIGNATURE.length + 4 + size)
				.put(SIGNATURE)
				.put(VERSION_2_PROXY)
				.put(ipv4 ? TCP_OVER_IPV4 : TCP_OVER_IPV6)
				.putShort((short) size)
				.put(octets(ipv4, client.getAddress()))
				.put(octets(ipv4, destination.getAddress()))
				.putShort((short) client.getPort())
				.putShort((short) destination.getPort())
				.flip();
	}

	/** As IPv6 an IPv4 address is mapped (RFC 4291 section 2.5.5.2). */
	private static byte[] octets(boolean ipv4, InetAddress address) {
		byte[] octets = address.getAddress();
		return ipv4 || octets.length == 16
				? octets
				: ByteBuffer.allocate(16).position(10).putShort((short) -1).put(octets).array();
	}
}
