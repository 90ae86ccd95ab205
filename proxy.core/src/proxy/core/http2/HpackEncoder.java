package proxy.core.http2;

import java.nio.ByteBuffer;
import proxy.api.http.Field;
import proxy.api.http.FieldSection;

/**
 * Writes fields as literals, with the static table's names and without a table of its own (RFC 7541 section 6.2.2): a
 * copy costs less than looking for what was sent before.
 */
final class HpackEncoder {

	private static final int INDEXED = 0x80;
	private static final int[] STATUSES = {200, 204, 206, 304, 400, 404, 500};

	private HpackEncoder() {}

	/** More octets than the fields can take. */
	static int limit(FieldSection fields) {
		int size = 0;
		for (int i = 0; i < fields.size(); i++) {
			size += fields.valueEnd(i) - fields.valueStart(i) + fields.nameEnd(i) - fields.nameStart(i) + 12;
		}
		return size;
	}

	static void status(ByteBuffer out, int status) {
		for (int i = 0; i < STATUSES.length; i++) {
			if (STATUSES[i] == status) {
				out.put((byte) (INDEXED | StaticTable.STATUS + i));
				return;
			}
		}
		out.put((byte) StaticTable.STATUS).put((byte) 3);
		out.put((byte) ('0' + status / 100)).put((byte) ('0' + status / 10 % 10)).put((byte) ('0' + status % 10));
	}

	/** All fields that have a place in a response of HTTP/2; true when there is a Date among them. */
	static boolean fields(ByteBuffer out, FieldSection fields) {
		boolean dated = false;
		for (int i = 0; i < fields.size(); i++) {
			int field = fields.field(i);
			if (field != Field.CONTENT_LENGTH && !Field.isConnectionSpecific(field)) {
				dated |= field == Field.DATE;
				field(out, fields, i);
			}
		}
		return dated;
	}

	/** The lines of a trailer section that have a place there (RFC 9110 section 6.5.1). */
	static void trailers(ByteBuffer out, FieldSection trailers) {
		for (int i = 0; i < trailers.size(); i++) {
			int field = trailers.field(i);
			if (!Field.isConnectionSpecific(field) && field != Field.CONTENT_LENGTH && field != Field.HOST) {
				field(out, trailers, i);
			}
		}
	}

	static void field(ByteBuffer out, FieldSection fields, int i) {
		byte[] bytes = fields.bytes();
		int start = fields.nameStart(i);
		int end = fields.nameEnd(i);
		int index = StaticTable.find(bytes, start, end);
		integer(out, 0, 4, index);
		if (index == 0) {
			integer(out, 0, 7, end - start);
			for (int at = start; at < end; at++) {
				byte octet = bytes[at];
				out.put(octet >= 'A' && octet <= 'Z' ? (byte) (octet | 0x20) : octet);
			}
		}
		int valueStart = fields.valueStart(i);
		int length = fields.valueEnd(i) - valueStart;
		integer(out, 0, 7, length);
		out.put(bytes, valueStart, length);
	}

	static void contentLength(ByteBuffer out, long length) {
		int digits = 1;
		long divisor = 1;
		while (length / divisor >= 10) {
			divisor *= 10;
			digits++;
		}
		integer(out, 0, 4, StaticTable.CONTENT_LENGTH);
		out.put((byte) digits);
		for (; divisor > 0; divisor /= 10) {
			out.put((byte) ('0' + length / divisor % 10));
		}
	}

	/** RFC 7541 section 5.1. */
	static void integer(ByteBuffer out, int flags, int prefixBits, int value) {
		int max = (1 << prefixBits) - 1;
		if (value < max) {
			out.put((byte) (flags | value));
			return;
		}
		out.put((byte) (flags | max));
		int rest = value - max;
		for (; rest >= 0x80; rest >>>= 7) {
			out.put((byte) (rest | 0x80));
		}
		out.put((byte) rest);
	}
}
