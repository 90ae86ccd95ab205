package proxy.http1;

/** Classes of octets (RFC 9110 section 5.6.2 and 5.5, RFC 3986), one table for all. */
public final class Octets {

	/** tchar: what methods and field names are made of. */
	private static final int TOKEN = 1;
	/** field-vchar, SP, HTAB and obs-text. */
	private static final int VALUE = 2;
	/**
	 * What a request target may hold: everything visible and obs-text, but no fragment, which some servers take for a part
	 * of the path and some do not. Wider than RFC 3986, since clients are.
	 */
	private static final int TARGET = 4;
	/** What names of hosts are made of: unreserved (RFC 3986 section 2.3). */
	private static final int HOST = 8;

	private static final byte[] CLASS = new byte[256];

	static {
		for (int octet = 0; octet < 256; octet++) {
			boolean visible = octet > 0x20 && octet < 0x7F;
			int kind = 0;
			if (visible && "\"(),/:;<=>?@[\\]{}".indexOf(octet) < 0) {
				kind |= TOKEN;
			}
			if (visible || octet == ' ' || octet == '\t' || octet >= 0x80) {
				kind |= VALUE;
			}
			if (visible && octet != '#' || octet >= 0x80) {
				kind |= TARGET;
			}
			if (Character.isLetterOrDigit(octet) && octet < 0x7F || "-._~".indexOf(octet) >= 0) {
				kind |= HOST;
			}
			CLASS[octet] = (byte) kind;
		}
	}

	private Octets() {}

	public static boolean isToken(byte octet) {
		return (CLASS[octet & 0xFF] & TOKEN) != 0;
	}

	public static boolean isValue(byte octet) {
		return (CLASS[octet & 0xFF] & VALUE) != 0;
	}

	public static boolean isTarget(byte octet) {
		return (CLASS[octet & 0xFF] & TARGET) != 0;
	}

	static boolean isHost(byte octet) {
		return (CLASS[octet & 0xFF] & HOST) != 0;
	}

	/** Whether the octets are the text, letter case included. */
	public static boolean is(byte[] bytes, int start, int end, String text) {
		if (end - start != text.length()) {
			return false;
		}
		for (int i = 0; i < text.length(); i++) {
			if (bytes[start + i] != text.charAt(i)) {
				return false;
			}
		}
		return true;
	}

	/** The value of a hexadecimal digit, or -1. */
	static int hex(int octet) {
		if (octet >= '0' && octet <= '9') {
			return octet - '0';
		}
		int letter = octet | 0x20;
		return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
	}
}
