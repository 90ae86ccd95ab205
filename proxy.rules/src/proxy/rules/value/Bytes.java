package proxy.rules.value;

import java.nio.charset.StandardCharsets;

/**
 * A sequence of octets.
 *
 * @param octets one character an octet, so that searching and comparing are String's
 */
public record Bytes(String octets) {

	/** @param octets characters up to 0xFF, one for each octet */
	public static Bytes ofOctets(String octets) {
		return new Bytes(octets);
	}

	public static Bytes utf8(String text) {
		return new Bytes(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
	}

	/** The text that the octets are in UTF-8; what is none becomes U+FFFD. */
	public String text() {
		return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
	}

	@Override
	public String toString() {
		return "b\"" + text() + "\"";
	}
}
