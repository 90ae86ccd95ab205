package proxy.log;

/** Writes JSON text (RFC 8259). */
final class Json {

	private static final char[] HEX = "0123456789abcdef".toCharArray();

	private Json() {}

	/** Numbers and booleans as they are, everything else as a string. */
	static void value(StringBuilder to, Object value) {
		if (value == null || value instanceof Boolean || isPlainNumber(value)) {
			to.append(value);
		} else {
			string(to, String.valueOf(value));
		}
	}

	static void string(StringBuilder to, CharSequence text) {
		to.append('"');
		for (int i = 0; i < text.length(); i++) {
			character(to, text.charAt(i));
		}
		to.append('"');
	}

	private static void character(StringBuilder to, char c) {
		switch (c) {
			case '"' -> to.append("\\\"");
			case '\\' -> to.append("\\\\");
			case '\n' -> to.append("\\n");
			case '\r' -> to.append("\\r");
			case '\t' -> to.append("\\t");
			default -> {
				if (c < 0x20 || c >= 0x7F && c < 0xA0 || c == '\u2028' || c == '\u2029') {
					to.append("\\u").append(HEX[c >> 12]).append(HEX[c >> 8 & 15]).append(HEX[c >> 4 & 15]).append(HEX[c & 15]);
				} else {
					to.append(c);
				}
			}
		}
	}

	private static boolean isPlainNumber(Object value) {
		return value instanceof Long
				|| value instanceof Integer
				|| value instanceof Short
				|| value instanceof Byte
				|| value instanceof Double d && Double.isFinite(d)
				|| value instanceof Float f && Float.isFinite(f);
	}
}
