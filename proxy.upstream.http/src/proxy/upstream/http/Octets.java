package proxy.upstream.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import proxy.api.http.FieldSection;

/** Writing messages (RFC 9112). */
final class Octets {

	static final byte[] CRLF = {'\r', '\n'};

	private Octets() {}

	static byte[] of(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	/** A field line as it came. */
	static void field(ByteBuffer out, FieldSection fields, int i) {
		byte[] bytes = fields.bytes();
		int name = fields.nameStart(i);
		out.put(bytes, name, fields.nameEnd(i) - name);
		out.put((byte) ':').put((byte) ' ');
		int value = fields.valueStart(i);
		out.put(bytes, value, fields.valueEnd(i) - value);
		out.put(CRLF);
	}

	static void decimal(ByteBuffer out, long number) {
		long divisor = 1;
		while (number / divisor >= 10) {
			divisor *= 10;
		}
		for (; divisor > 0; divisor /= 10) {
			out.put((byte) ('0' + number / divisor % 10));
		}
	}

	/** The line in front of a chunk. */
	static void chunkSize(ByteBuffer out, int size) {
		out.put(of(Integer.toHexString(size))).put(CRLF);
	}
}
