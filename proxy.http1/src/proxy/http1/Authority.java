package proxy.http1;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

/** Host and port, as in Host and {@code :authority} (RFC 9110 section 7.2). */
public final class Authority {

	/** 253 for the longest name, and a port. */
	private static final int MAX = 262;

	private Authority() {}

	/** @throws MessageException unless the octets are {@code host [":" port]} or nothing */
	public static void check(byte[] bytes, int start, int end) throws MessageException {
		if (end - start > MAX) {
			throw MessageException.bad("the host is too long");
		}
		int at = start < end && bytes[start] == '[' ? address(bytes, start, end) : name(bytes, start, end);
		if (at < end) {
			port(bytes, at, end, at == start);
		}
	}

	private static int name(byte[] bytes, int start, int end) throws MessageException {
		int at = start;
		while (at < end && bytes[at] != ':') {
			if (!Octets.isHost(bytes[at])) {
				throw MessageException.bad("not a host");
			}
			at++;
		}
		return at;
	}

	/** An IPv6 address in brackets, which the JDK parses without looking anything up. */
	private static int address(byte[] bytes, int start, int end) throws MessageException {
		int at = start + 1;
		while (at < end && (bytes[at] == ':' || bytes[at] == '.' || Octets.hex(bytes[at]) >= 0)) {
			at++;
		}
		if (at < end && bytes[at] == ']') {
			try {
				InetAddress.getByName(new String(bytes, start, at + 1 - start, StandardCharsets.US_ASCII));
				return at + 1;
			} catch (UnknownHostException notOne) {
				// told below
			}
		}
		throw MessageException.bad("not an IPv6 address in brackets");
	}

	private static void port(byte[] bytes, int colon, int end, boolean noHost) throws MessageException {
		int port = 0;
		for (int i = colon + 1; i < end; i++) {
			int digit = bytes[i] - '0';
			if (digit < 0 || digit > 9 || end - colon > 6) {
				throw MessageException.bad("not a port");
			}
			port = port * 10 + digit;
		}
		if (bytes[colon] != ':' || noHost || port == 0 || port > 65_535) {
			throw MessageException.bad("not a host and port");
		}
	}
}
