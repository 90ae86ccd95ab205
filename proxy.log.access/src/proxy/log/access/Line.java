package proxy.log.access;

import java.net.InetAddress;

/** Builds one line of JSON in a buffer of its own. Octets above 0x7F become the character of the same number. */
final class Line {

	private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

	private final byte[] bytes;
	private int at;
	private boolean truncated;

	/** @param capacity must hold the longest line: nothing checks it but the array */
	Line(int capacity) {
		bytes = new byte[capacity];
	}

	byte[] bytes() {
		return bytes;
	}

	int length() {
		return at;
	}

	void clear() {
		at = 0;
		truncated = false;
	}

	/** Writes ASCII as it is. */
	@SuppressWarnings("deprecation") // exactly what is wanted: the low octet of every character
	void raw(String ascii) {
		ascii.getBytes(0, ascii.length(), bytes, at);
		at += ascii.length();
	}

	void raw(byte[] source, int length) {
		System.arraycopy(source, 0, bytes, at, length);
		at += length;
	}

	void number(long value) {
		if (value < 0) {
			raw(Long.toString(value));
			return;
		}
		int digits = 1;
		for (long rest = value / 10; rest > 0; rest /= 10) {
			digits++;
		}
		long rest = value;
		for (int i = at + digits - 1; i >= at; i--) {
			bytes[i] = (byte) ('0' + rest % 10);
			rest /= 10;
		}
		at += digits;
	}

	/** Writes a number of thousandths as a decimal: 1234 is 1.234. */
	void thousandths(long value) {
		number(value / 1000);
		int rest = (int) (value % 1000);
		bytes[at++] = '.';
		bytes[at++] = (byte) ('0' + rest / 100);
		bytes[at++] = (byte) ('0' + rest / 10 % 10);
		bytes[at++] = (byte) ('0' + rest % 10);
	}

	/** Writes text inside quotes; characters above 0xFF are escaped too. */
	void text(String text, int limit) {
		int end = limited(text.length(), limit);
		for (int i = 0; i < end; i++) {
			character(text.charAt(i));
		}
	}

	/** Writes octets inside quotes. */
	void octets(byte[] source, int from, int to, int limit) {
		int end = from + limited(to - from, limit);
		for (int i = from; i < end; i++) {
			character(source[i] & 0xFF);
		}
	}

	/**
	 * Writes octets inside quotes, each of the ranges as {@code ***}.
	 *
	 * @param ranges pairs of start and end, in order, the first count of them
	 */
	void octetsWithout(int[] ranges, int count, byte[] source, int from, int to, int limit) {
		int end = from + limited(to - from, limit);
		int next = from;
		for (int i = 0; i < count && ranges[2 * i] < end; i++) {
			octets(source, next, ranges[2 * i], limit);
			raw("***");
			next = ranges[2 * i + 1];
		}
		octets(source, next, Math.max(next, end), limit);
	}

	private int limited(int length, int limit) {
		truncated |= length > limit;
		return Math.min(length, limit);
	}

	/** Whether anything was longer than its limit. */
	boolean truncated() {
		return truncated;
	}

	private void character(int c) {
		if (c >= 0x20 && c < 0x7F && c != '"' && c != '\\') {
			bytes[at++] = (byte) c;
		} else if (c == '"' || c == '\\') {
			bytes[at++] = '\\';
			bytes[at++] = (byte) c;
		} else {
			bytes[at++] = '\\';
			bytes[at++] = 'u';
			bytes[at++] = HEX[c >> 12];
			bytes[at++] = HEX[c >> 8 & 15];
			bytes[at++] = HEX[c >> 4 & 15];
			bytes[at++] = HEX[c & 15];
		}
	}

	/** Writes an IP address, IPv6 as RFC 5952 wants it. */
	void address(InetAddress address) {
		byte[] octets = address.getAddress();
		if (octets.length == 4) {
			for (int i = 0; i < 4; i++) {
				if (i > 0) {
					bytes[at++] = '.';
				}
				number(octets[i] & 0xFF);
			}
		} else {
			ipv6(octets);
		}
	}

	private void ipv6(byte[] octets) {
		int zeros = longestRunOfZeros(octets);
		int start = zeros >> 8;
		int length = zeros & 0xFF;
		for (int group = 0; group < 8; group++) {
			if (length > 1 && group == start) {
				bytes[at++] = ':';
				group += length - 1;
				if (group == 7) {
					bytes[at++] = ':';
				}
				continue;
			}
			if (group > 0) {
				bytes[at++] = ':';
			}
			hex(group(octets, group));
		}
	}

	/** The first longest run as start and length, packed: start in the second octet. */
	private static int longestRunOfZeros(byte[] octets) {
		int best = 0;
		for (int start = 0; start < 8; start++) {
			int end = start;
			while (end < 8 && group(octets, end) == 0) {
				end++;
			}
			if (end - start > (best & 0xFF)) {
				best = start << 8 | end - start;
			}
		}
		return best;
	}

	private static int group(byte[] octets, int group) {
		return (octets[2 * group] & 0xFF) << 8 | octets[2 * group + 1] & 0xFF;
	}

	private void hex(int value) {
		for (int shift = 12; shift >= 0; shift -= 4) {
			if (value >> shift != 0 || shift == 0) {
				bytes[at++] = HEX[value >> shift & 15];
			}
		}
	}
}
