package proxy.service.files;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The path of a request, percent-decoded exactly once: names of folders and at last of a file. No name leads upwards, is
 * empty, or holds anything that separates names.
 *
 * @param text the names with slashes between them
 * @param folder whether it ends with a slash
 */
record RequestPath(List<String> names, String text, boolean folder) {

	/** Longer names and paths than file systems have (Linux: NAME_MAX, PATH_MAX less what the root may need). */
	private static final int NAME_OCTETS = 255;

	private static final int PATH_OCTETS = 3_000;

	/** What stands for itself besides letters and digits (RFC 3986 section 3.3), and the slash. */
	private static final String PLAIN = "/-._~!$&'()*+,;=:@";

	private static final String HEX = "0123456789ABCDEF";

	/** The path is not what a URI may be. */
	static final class MalformedException extends Exception {

		private static final long serialVersionUID = 1L;

		MalformedException(String reason) {
			super(reason);
		}
	}

	/**
	 * @param raw as sent, an octet each character
	 * @return null when no file can be meant
	 */
	static RequestPath parse(String raw) throws MalformedException {
		byte[] octets = decoded(raw);
		if (octets.length == 0 || octets[0] != '/' || octets.length > PATH_OCTETS) {
			return null;
		}
		try {
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets, 1, octets.length - 1)).toString();
			// a slash that was sent as %2F is part of a name, and no file has such a name
			return raw.indexOf('%') >= 0 && slashes(raw) != slashes(text) + 1 ? null : ofNames(text);
		} catch (CharacterCodingException notUtf8) {
			return null;
		}
	}

	/** Of a path that is decoded already and has no slash in front; null when no file can be meant. */
	static RequestPath ofNames(String text) {
		boolean folder = text.isEmpty() || text.endsWith("/");
		List<String> names = new ArrayList<>();
		for (int from = 0; from < text.length(); ) {
			int slash = text.indexOf('/', from);
			String name = text.substring(from, slash < 0 ? text.length() : slash);
			if (!isName(name)) {
				return null;
			}
			names.add(name);
			from = slash < 0 ? text.length() : slash + 1;
		}
		return new RequestPath(names, text, folder);
	}

	/** Whether a file may have the name. */
	static boolean isName(String name) {
		return !name.isEmpty()
				&& !name.equals(".")
				&& !name.equals("..")
				&& name.indexOf('\\') < 0
				&& (name.length() <= NAME_OCTETS / 3 || name.getBytes(StandardCharsets.UTF_8).length <= NAME_OCTETS);
	}

	/**
	 * The one form of the path that is served: of all that can be sent for the same names, what rules and routes are to judge.
	 *
	 * @param raw what this was parsed from, returned if it is the form already
	 */
	String canonical(String raw) {
		if (isPlain(raw)) {
			return raw;
		}
		StringBuilder path = new StringBuilder(raw.length()).append('/');
		for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
			if (isPlain(octet)) {
				path.append((char) octet);
			} else {
				path.append('%').append(HEX.charAt(octet >> 4 & 15)).append(HEX.charAt(octet & 15));
			}
		}
		return path.toString();
	}

	private static boolean isPlain(String raw) {
		for (int i = 0; i < raw.length(); i++) {
			if (!isPlain(raw.charAt(i))) {
				return false;
			}
		}
		return true;
	}

	private static boolean isPlain(int octet) {
		return octet >= 'a' && octet <= 'z'
				|| octet >= 'A' && octet <= 'Z'
				|| octet >= '0' && octet <= '9'
				|| PLAIN.indexOf(octet) >= 0;
	}

	/** Whether a name in it begins with a dot; .well-known (RFC 8615) is there to be seen. */
	boolean hidden() {
		for (String name : names) {
			if (name.charAt(0) == '.' && !name.equals(".well-known")) {
				return true;
			}
		}
		return false;
	}

	private static byte[] decoded(String raw) throws MalformedException {
		byte[] octets = new byte[raw.length()];
		int length = 0;
		for (int i = 0; i < raw.length(); i++) {
			int octet = raw.charAt(i);
			if (octet == '%') {
				int high = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 1), 16) : -1;
				int low = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 2), 16) : -1;
				if (high < 0 || low < 0) {
					throw new MalformedException("a percent sign without two hexadecimal digits");
				}
				octet = high << 4 | low;
				i += 2;
			}
			if (octet == 0) {
				throw new MalformedException("NUL in the path");
			}
			octets[length++] = (byte) octet;
		}
		return java.util.Arrays.copyOf(octets, length);
	}

	private static long slashes(String text) {
		return text.chars().filter(c -> c == '/').count();
	}
}
