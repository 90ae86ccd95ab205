package proxy.api.http;

/**
 * Field names that the gateway itself knows, as small numbers, so that looking for one among many costs a comparison of
 * integers. Every other name is {@link #OTHER}.
 */
public final class Field {

	public static final int OTHER = 0;
	public static final int CONNECTION = 1;
	public static final int KEEP_ALIVE = 2;
	public static final int PROXY_CONNECTION = 3;
	public static final int TE = 4;
	public static final int TRAILER = 5;
	public static final int TRANSFER_ENCODING = 6;
	public static final int UPGRADE = 7;
	public static final int PROXY_AUTHENTICATE = 8;
	public static final int PROXY_AUTHORIZATION = 9;
	public static final int HOST = 10;
	public static final int CONTENT_LENGTH = 11;
	public static final int EXPECT = 12;
	public static final int DATE = 13;
	public static final int SERVER = 14;
	public static final int COOKIE = 15;
	public static final int USER_AGENT = 16;
	public static final int X_FORWARDED_FOR = 17;
	public static final int X_FORWARDED_HOST = 18;
	public static final int X_FORWARDED_PROTO = 19;
	public static final int FORWARDED = 20;
	public static final int PINGOO_CLIENT_IP = 21;
	public static final int PINGOO_CLIENT_COUNTRY = 22;
	public static final int PINGOO_CLIENT_ASN = 23;
	public static final int ALT_SVC = 24;
	public static final int X_ACCEL = 25;
	public static final int HTTP2_SETTINGS = 26;
	/**
	 * A name that only underscores distinguish from one that the gateway tells upstreams of clients or of content by: many take the
	 * two for one.
	 */
	public static final int LOOKALIKE = 27;
	public static final int X_REAL_IP = 28;
	public static final int X_FORWARDED_PORT = 29;

	private static final String[] NAMES = {
		"", "connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
		"proxy-authenticate", "proxy-authorization", "host", "content-length", "expect", "date", "server", "cookie",
		"user-agent", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "forwarded", "pingoo-client-ip",
		"pingoo-client-country", "pingoo-client-asn", "alt-svc", "x-accel-", "http2-settings", "",
		"x-real-ip", "x-forwarded-port"
	};

	private static final int SLOTS = 128;
	private static final byte[] BY_LENGTH_AND_LETTER = new byte[SLOTS * 4];

	static {
		for (int field = 1; field < NAMES.length; field++) {
			if (field == X_ACCEL || field == LOOKALIKE) {
				continue;
			}
			int slot = slot(NAMES[field].length(), NAMES[field].charAt(0)) * 4;
			while (BY_LENGTH_AND_LETTER[slot] != 0) {
				slot++;
			}
			BY_LENGTH_AND_LETTER[slot] = (byte) field;
		}
	}

	private Field() {}

	/** The name in lower case; "" for {@link #OTHER}. */
	public static String name(int field) {
		return NAMES[field];
	}

	/** Which field the octets name, in any case of letters. */
	public static int of(byte[] bytes, int start, int end) {
		int length = end - start;
		if (length == 0 || length > 21) {
			return OTHER;
		}
		int slot = slot(length, bytes[start] | 0x20) * 4;
		for (int i = slot; i < slot + 4; i++) {
			int field = BY_LENGTH_AND_LETTER[i];
			if (field == 0) {
				break;
			}
			if (equalsIgnoreCase(bytes, start, end, NAMES[field])) {
				return field;
			}
			if (isTheGateways(field) && looksLike(bytes, start, NAMES[field])) {
				return LOOKALIKE;
			}
		}
		return length > 8 && (bytes[start] | 0x20) == 'x' && equalsIgnoreCase(bytes, start, start + 8, "x-accel-")
				? X_ACCEL
				: OTHER;
	}

	/** Whether a field belongs to one connection and is never forwarded (RFC 9110 section 7.6.1). */
	public static boolean isConnectionSpecific(int field) {
		return field >= CONNECTION && field <= UPGRADE || field == HTTP2_SETTINGS;
	}

	/** Whether it is the gateway that says it to upstreams, of clients and of content. */
	private static boolean isTheGateways(int field) {
		return field >= X_FORWARDED_FOR && field <= PINGOO_CLIENT_ASN
				|| field >= X_REAL_IP
				|| field == CONTENT_LENGTH
				|| field == TRANSFER_ENCODING;
	}

	/** Compares octets with a name in lower case, ignoring the case of the octets' ASCII letters. */
	public static boolean equalsIgnoreCase(byte[] bytes, int start, int end, String lowerCase) {
		if (end - start != lowerCase.length()) {
			return false;
		}
		for (int i = 0; i < lowerCase.length(); i++) {
			int octet = bytes[start + i];
			if (octet >= 'A' && octet <= 'Z') {
				octet |= 0x20;
			}
			if (octet != lowerCase.charAt(i)) {
				return false;
			}
		}
		return true;
	}

	/** Whether the octets, as many as the name has, are the name with hyphens or underscores. */
	private static boolean looksLike(byte[] bytes, int start, String lowerCase) {
		for (int i = 0; i < lowerCase.length(); i++) {
			char expected = lowerCase.charAt(i);
			int octet = bytes[start + i];
			if (expected == '-' ? octet != '-' && octet != '_' : (octet | 0x20) != expected) {
				return false;
			}
		}
		return true;
	}

	private static int slot(int length, int letter) {
		return (length * 5 + (letter & 0x1F) * 3) & SLOTS - 1;
	}
}
