package proxy.core.http;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Names and values of a query (application/x-www-form-urlencoded, as in WHATWG's URL standard, section 5.1). */
final class UrlEncoded {

	private UrlEncoded() {}

	/**
	 * Decodes octet by octet, as servers do: a percent sign that encodes nothing stands for itself and spares nothing else from
	 * being decoded. What is no UTF-8 is kept, each octet as the character of the same number.
	 *
	 * @param text as sent, an octet each character
	 */
	static String decode(String text) {
		return text.chars().allMatch(c -> c < 0x80 && c != '%' && c != '+') ? text : characters(octets(text));
	}

	private static ByteBuffer octets(String text) {
		ByteBuffer octets = ByteBuffer.allocate(text.length());
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			int high = c == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
			int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
			if (low >= 0) {
				octets.put((byte) (high << 4 | low));
				i += 2;
			} else {
				octets.put((byte) (c == '+' ? ' ' : c));
			}
		}
		return octets.flip();
	}

	private static String characters(ByteBuffer octets) {
		CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
		CharBuffer characters = CharBuffer.allocate(octets.remaining());
		for (CoderResult met = utf8.decode(octets, characters, true); met.isError(); met = utf8.decode(octets, characters, true)) {
			for (int i = 0; i < met.length(); i++) {
				characters.put((char) (octets.get() & 0xFF));
			}
		}
		return characters.flip().toString();
	}
}
