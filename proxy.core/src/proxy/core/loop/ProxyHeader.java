package proxy.core.loop;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a proxy in front says of a connection before anything else, in HAProxy's PROXY protocol, version 1 (a line of text)
 * or 2 (octets). Strict: what is not exactly as specified is refused.
 *
 * @param source the client, or null when the proxy speaks for itself
 * @param destination what the client connected to, or null likewise
 */
record ProxyHeader(InetSocketAddress source, InetSocketAddress destination) {

	private static final byte[] SIGNATURE = {'\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'};
	private static final int FIXED_PART = 16;
	/** Octets of addresses and additions in version 2; real ones have some hundred at most. */
	private static final int MAX_REST = 4 * 1024;
	/** Of a line with its end. */
	private static final int MAX_LINE = 107;
	private static final int STREAM = 1;
	private static final ProxyHeader NOBODY = new ProxyHeader(null, null);

	/**
	 * Reads a header and leaves the buffer behind it.
	 *
	 * @param received from the connection's first octet on
	 * @return the header, or null when more octets are needed; the buffer is as before then
	 * @throws ProtocolException when it is none
	 */
	static ProxyHeader read(ByteBuffer received) throws ProtocolException {
		if (!received.hasRemaining()) {
			return null;
		}
		return received.get(received.position()) == 'P' ? line(received) : octets(received);
	}

	// --- version 1

	private static ProxyHeader line(ByteBuffer received) throws ProtocolException {
		int start = received.position();
		int length = Math.min(received.remaining(), MAX_LINE);
		byte[] octets = new byte[length];
		received.get(start, octets);
		String text = new String(octets, StandardCharsets.ISO_8859_1);
		int end = text.indexOf("\r\n");
		if (end < 0) {
			if (length == MAX_LINE || !"PROXY ".startsWith(text.substring(0, Math.min(6, length)))) {
				throw new ProtocolException("no PROXY header of version 1");
			}
			return null;
		}
		received.position(start + end + 2);
		return words(text.substring(0, end).split(" ", -1));
	}

	private static ProxyHeader words(String[] words) throws ProtocolException {
		if (words.length >= 2 && words[0].equals("PROXY") && words[1].equals("UNKNOWN")) {
			return NOBODY;
		}
		boolean ipv4 = words.length == 6 && words[1].equals("TCP4");
		if (!words[0].equals("PROXY") || !ipv4 && !(words.length == 6 && words[1].equals("TCP6"))) {
			throw new ProtocolException("a PROXY header that is not of TCP4, TCP6 or UNKNOWN");
		}
		return new ProxyHeader(
				new InetSocketAddress(ipv4 ? ipv4(words[2]) : ipv6(words[2]), number(words[4], 65_535)),
				new InetSocketAddress(ipv4 ? ipv4(words[3]) : ipv6(words[3]), number(words[5], 65_535)));
	}

	private static InetAddress ipv4(String text) throws ProtocolException {
		String[] parts = text.split("\\.", -1);
		byte[] address = new byte[4];
		for (int i = 0; i < 4; i++) {
			address[i] = (byte) number(parts.length == 4 ? parts[i] : "", 255);
		}
		return address(address);
	}

	private static InetAddress ipv6(String text) throws ProtocolException {
		InetAddress address = text.indexOf(':') < 0 ? null : AddressLiteral.parse(text);
		if (address == null) {
			throw new ProtocolException("a PROXY header with '" + text + "' for an IPv6 address");
		}
		return address;
	}

	private static int number(String digits, int max) throws ProtocolException {
		boolean canonical = !digits.isEmpty() && digits.length() <= 5 && digits.chars().allMatch(c -> c >= '0' && c <= '9')
				&& (digits.length() == 1 || digits.charAt(0) != '0');
		int number = canonical ? Integer.parseInt(digits) : -1;
		if (number < 0 || number > max) {
			throw new ProtocolException("a PROXY header with '" + digits + "' for a number");
		}
		return number;
	}

	private static InetAddress address(byte[] octets) {
		try {
			return InetAddress.getByAddress(octets);
		} catch (UnknownHostException impossible) {
			throw new IllegalArgumentException(impossible);
		}
	}

	// --- version 2

	private static ProxyHeader octets(ByteBuffer received) throws ProtocolException {
		int start = received.position();
		for (int i = 0; i < SIGNATURE.length && i < received.remaining(); i++) {
			if (received.get(start + i) != SIGNATURE[i]) {
				throw new ProtocolException("no PROXY header");
			}
		}
		if (received.remaining() < FIXED_PART) {
			return null;
		}
		int command = received.get(start + 12) & 0xFF;
		int family = received.get(start + 13) & 0xFF;
		int rest = received.getShort(start + 14) & 0xFFFF;
		if (command != 0x20 && command != 0x21) {
			throw new ProtocolException("a PROXY header of an unknown version or command");
		}
		if (rest > MAX_REST) {
			throw new ProtocolException("a PROXY header of " + rest + " octets");
		}
		if (received.remaining() < FIXED_PART + rest) {
			return null;
		}
		ByteBuffer body = received.slice(start + FIXED_PART, rest);
		received.position(start + FIXED_PART + rest);
		return command == 0x20 ? NOBODY : addresses(family >> 4, family & 0xF, body);
	}

	private static ProxyHeader addresses(int family, int protocol, ByteBuffer body) throws ProtocolException {
		int size = switch (family) {
			case 0 -> 0;
			case 1 -> 4;
			case 2 -> 16;
			case 3 -> 108;
			default -> throw new ProtocolException("a PROXY header of an unknown family of addresses");
		};
		if (family != 0 && protocol != STREAM) {
			throw new ProtocolException("a PROXY header that is not of a stream");
		}
		int ports = family == 3 || family == 0 ? 0 : 4;
		if (body.remaining() < size * 2 + ports) {
			throw new ProtocolException("a PROXY header too short for its addresses");
		}
		if (ports == 0) {
			return NOBODY;
		}
		byte[] source = new byte[size];
		byte[] destination = new byte[size];
		body.get(source).get(destination);
		int sourcePort = body.getShort() & 0xFFFF;
		int destinationPort = body.getShort() & 0xFFFF;
		additions(body);
		return new ProxyHeader(
				new InetSocketAddress(address(source), sourcePort),
				new InetSocketAddress(address(destination), destinationPort));
	}

	/** Additions are not used, but they must be whole. */
	private static void additions(ByteBuffer body) throws ProtocolException {
		while (body.hasRemaining()) {
			int length = body.remaining() < 3 ? Integer.MAX_VALUE : body.getShort(body.position() + 1) & 0xFFFF;
			if (body.remaining() - 3 < length) {
				throw new ProtocolException("a PROXY header with an addition that is cut off");
			}
			body.position(body.position() + 3 + length);
		}
	}
}
