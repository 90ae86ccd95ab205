package proxy.core.http2;

import java.nio.charset.StandardCharsets;
import proxy.api.http.Field;

/** RFC 7541 appendix A. */
final class StaticTable {

	/** The last index. */
	static final int SIZE = 61;

	static final int STATUS = 8;
	static final int CONTENT_LENGTH = 28;
	static final int DATE = 33;

	private static final String[] TEXT = {
		":authority", "", ":method", "GET", ":method", "POST", ":path", "/", ":path", "/index.html", ":scheme", "http",
		":scheme", "https", ":status", "200", ":status", "204", ":status", "206", ":status", "304", ":status", "400",
		":status", "404", ":status", "500", "accept-charset", "", "accept-encoding", "gzip, deflate", "accept-language",
		"", "accept-ranges", "", "accept", "", "access-control-allow-origin", "", "age", "", "allow", "",
		"authorization", "", "cache-control", "", "content-disposition", "", "content-encoding", "", "content-language",
		"", "content-length", "", "content-location", "", "content-range", "", "content-type", "", "cookie", "", "date",
		"", "etag", "", "expect", "", "expires", "", "from", "", "host", "", "if-match", "", "if-modified-since", "",
		"if-none-match", "", "if-range", "", "if-unmodified-since", "", "last-modified", "", "link", "", "location", "",
		"max-forwards", "", "proxy-authenticate", "", "proxy-authorization", "", "range", "", "referer", "", "refresh",
		"", "retry-after", "", "server", "", "set-cookie", "", "strict-transport-security", "", "transfer-encoding", "",
		"user-agent", "", "vary", "", "via", "", "www-authenticate", ""
	};

	/** Name and value of each entry in one array, from index 1 on. */
	private static final byte[][] OCTETS = new byte[SIZE + 1][];

	private static final int[] NAME_LENGTHS = new int[SIZE + 1];

	private static final int SLOTS = 256;
	private static final byte[] BY_NAME = new byte[SLOTS];

	static {
		for (int i = 1; i <= SIZE; i++) {
			String name = name(i);
			OCTETS[i] = (name + TEXT[i * 2 - 1]).getBytes(StandardCharsets.US_ASCII);
			NAME_LENGTHS[i] = name.length();
			if (name.charAt(0) != ':') {
				int slot = slot(OCTETS[i], 0, name.length());
				while (BY_NAME[slot] != 0) {
					slot = slot + 1 & SLOTS - 1;
				}
				BY_NAME[slot] = (byte) i;
			}
		}
	}

	private StaticTable() {}

	static byte[] octets(int index) {
		return OCTETS[index];
	}

	static int nameLength(int index) {
		return NAME_LENGTHS[index];
	}

	/** The index of an entry with the name, in any case of letters, or 0; not for pseudo fields. */
	static int find(byte[] bytes, int start, int end) {
		if (start == end) {
			return 0;
		}
		for (int slot = slot(bytes, start, end); BY_NAME[slot] != 0; slot = slot + 1 & SLOTS - 1) {
			int index = BY_NAME[slot];
			if (Field.equalsIgnoreCase(bytes, start, end, name(index))) {
				return index;
			}
		}
		return 0;
	}

	private static String name(int index) {
		return TEXT[index * 2 - 2];
	}

	private static int slot(byte[] bytes, int start, int end) {
		int first = bytes[start] & 0x1F;
		int last = bytes[end - 1] & 0x1F;
		return (end - start) * 31 + first * 7 + last * 3 & SLOTS - 1;
	}
}
