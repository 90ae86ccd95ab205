package proxy.http1;

import java.nio.ByteBuffer;
import proxy.api.http.FieldSection;

/** Pieces of messages that are written alike in both directions (RFC 9112 sections 5 and 7.1). */
public final class MessageWriter {

	public static final byte[] CRLF = {'\r', '\n'};

	private MessageWriter() {}

	/** Writes line i as it came. */
	public static void field(ByteBuffer out, FieldSection fields, int i) {
		byte[] bytes = fields.bytes();
		int nameStart = fields.nameStart(i);
		out.put(bytes, nameStart, fields.nameEnd(i) - nameStart);
		out.put((byte) ':').put((byte) ' ');
		int valueStart = fields.valueStart(i);
		out.put(bytes, valueStart, fields.valueEnd(i) - valueStart);
		out.put(CRLF);
	}

	/** Writes a number of 0 or more in digits. */
	public static void decimal(ByteBuffer out, long number) {
		long divisor = 1;
		while (number / divisor >= 10) {
			divisor *= 10;
		}
		for (; divisor > 0; divisor /= 10) {
			out.put((byte) ('0' + number / divisor % 10));
		}
	}

	/** Writes the line in front of a chunk. */
	public static void chunkSize(ByteBuffer out, int size) {
		int shift = Math.max(0, (31 - Integer.numberOfLeadingZeros(size)) / 4 * 4);
		for (; shift >= 0; shift -= 4) {
			out.put((byte) Character.forDigit(size >> shift & 0xF, 16));
		}
		out.put(CRLF);
	}
}
