package proxy.core.loop;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** IP addresses as they are written. Unlike {@link InetAddress#getByName}, nothing is ever looked up as a name. Any thread. */
public final class AddressLiteral {

	private AddressLiteral() {}

	/** @return null for anything else */
	public static InetAddress parse(String text) {
		try {
			return text.indexOf(':') < 0 ? v4(text) : v6(text);
		} catch (UnknownHostException notAnAddress) {
			return null;
		}
	}

	/** Four decimal numbers; anything else without a colon might be a name. */
	private static InetAddress v4(String text) throws UnknownHostException {
		byte[] octets = new byte[4];
		int at = 0;
		int digits = 0;
		int number = 0;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c >= '0' && c <= '9' && digits < 3) {
				number = number * 10 + c - '0';
				digits++;
			} else if (c == '.' && digits > 0 && at < 3) {
				octets[at++] = octet(number);
				number = 0;
				digits = 0;
			} else {
				return null;
			}
		}
		if (at < 3 || digits == 0) {
			return null;
		}
		octets[at] = octet(number);
		return InetAddress.getByAddress(octets);
	}

	private static byte octet(int number) throws UnknownHostException {
		if (number > 255) {
			throw new UnknownHostException();
		}
		return (byte) number;
	}

	private static InetAddress v6(String text) throws UnknownHostException {
		for (int i = 0; i < text.length(); i++) {
			if ("0123456789abcdefABCDEF:.".indexOf(text.charAt(i)) < 0) {
				return null;
			}
		}
		return InetAddress.getByName("[" + text + "]");
	}
}
