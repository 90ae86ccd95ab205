package proxy.discovery.docker;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** An address and how many of its first bits its neighbours share. */
record Subnet(InetAddress address, int bits) {

	private static final Pattern IPV4 = Pattern.compile("(\\d{1,3}\\.){3}\\d{1,3}");
	private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

	/** @return null when the text is no address */
	static Subnet of(String text, int bits) {
		InetAddress address = address(text);
		return address == null ? null : new Subnet(address, bits);
	}

	/** @return null when the text is no IP address; a name is never looked up */
	static InetAddress address(String text) {
		if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
			return null;
		}
		try {
			return InetAddress.getByName(text);
		} catch (UnknownHostException e) {
			return null;
		}
	}

	boolean contains(InetAddress other) {
		byte[] mine = address.getAddress();
		byte[] theirs = other.getAddress();
		if (mine.length != theirs.length) {
			return false;
		}
		for (int bit = 0; bit < Math.min(bits, mine.length * 8); bit++) {
			if (((mine[bit / 8] ^ theirs[bit / 8]) >> (7 - bit % 8) & 1) != 0) {
				return false;
			}
		}
		return true;
	}
}
