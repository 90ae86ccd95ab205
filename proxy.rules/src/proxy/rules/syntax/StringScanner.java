package proxy.rules.syntax;

import java.nio.charset.StandardCharsets;

/** Reads one quoted string: simple or triple quotes, single or double, raw or with escapes. */
final class StringScanner {

	private final String source;
	private final int start;
	private final boolean raw;
	/** Whether the result stands for octets, one a character. */
	private final boolean octets;

	private final char quote;
	private final String delimiter;
	private final StringBuilder text = new StringBuilder();
	private int at;

	StringScanner(String source, int start, boolean raw, boolean octets) {
		this.source = source;
		this.start = start;
		this.raw = raw;
		this.octets = octets;
		quote = source.charAt(start);
		String triple = String.valueOf(quote).repeat(3);
		delimiter = source.startsWith(triple, start) ? triple : triple.substring(0, 1);
		at = start + delimiter.length();
	}

	/** Offset behind the closing quote, after {@link #scan}. */
	int end() {
		return at;
	}

	String scan() {
		while (!source.startsWith(delimiter, at)) {
			char c = current();
			if (c == '\\' && !raw) {
				escape();
			} else {
				at++;
				append(c);
			}
		}
		at += delimiter.length();
		return text.toString();
	}

	private char current() {
		if (at >= source.length() || delimiter.length() == 1 && (source.charAt(at) == '\n' || source.charAt(at) == '\r')) {
			throw new SourceError(start, "the string is not closed with " + delimiter);
		}
		return source.charAt(at);
	}

	private void append(char c) {
		if (octets && c >= 0x80) {
			int codePoint = source.codePointAt(at - 1);
			at += Character.charCount(codePoint) - 1;
			for (byte octet : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
				text.append((char) (octet & 0xFF));
			}
		} else {
			text.append(c);
		}
	}

	private void escape() {
		int escapeAt = at++;
		char c = current();
		at++;
		switch (c) {
			case 'a':
				text.append('\u0007');
				break;
			case 'b':
				text.append('\b');
				break;
			case 'f':
				text.append('\f');
				break;
			case 'n':
				text.append('\n');
				break;
			case 'r':
				text.append('\r');
				break;
			case 't':
				text.append('\t');
				break;
			case 'v':
				text.append('\u000B');
				break;
			case '\\':
			case '?':
			case '"':
			case '`':
				text.append(c);
				break;
			case '\'':
				// Pingoo keeps the backslash here
				text.append(quote == '"' ? "\\'" : "'");
				break;
			case 'x':
			case 'X':
				code(escapeAt, 2, 16);
				break;
			case 'u':
				code(escapeAt, 4, 16);
				break;
			case 'U':
				code(escapeAt, 8, 16);
				break;
			case '0':
			case '1':
			case '2':
			case '3':
				at--;
				code(escapeAt, 3, 8);
				break;
			default:
				throw new SourceError(escapeAt, "unknown escape '\\" + c + "'");
		}
	}

	private void code(int escapeAt, int digits, int radix) {
		long code = 0;
		for (int i = 0; i < digits; i++) {
			int digit = Character.digit(current(), radix);
			if (digit < 0) {
				throw new SourceError(
						escapeAt,
						"the escape '" + source.substring(escapeAt, at) + "' needs "
								+ (radix == 8 ? "three octal digits" : digits + " hexadecimal digits"));
			}
			code = code * radix + digit;
			at++;
		}
		boolean surrogate = code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE;
		if (code > (octets ? 0xFF : Character.MAX_CODE_POINT) || surrogate) {
			throw new SourceError(
					escapeAt,
					"the escape '" + source.substring(escapeAt, at) + "' is no " + (octets ? "octet" : "character"));
		}
		text.appendCodePoint((int) code);
	}
}
