package proxy.core.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import proxy.api.http.Field;
import proxy.api.http.FieldSection;

/** The client behind trusted proxies: the right-most address of X-Forwarded-For that is not a trusted proxy's. */
final class ForwardedFor {

	private ForwardedFor() {}

	static InetAddress client(Exchange exchange) {
		InetAddress client = exchange.peer().getAddress();
		if (!exchange.fromTrustedProxy()) {
			return client;
		}
		FieldSection fields = exchange.request().fields();
		for (int i = fields.size() - 1; i >= 0; i--) {
			if (fields.field(i) != Field.X_FORWARDED_FOR) {
				continue;
			}
			String hops = fields.value(i);
			int comma;
			for (int end = hops.length(); end >= 0; end = comma) {
				comma = hops.lastIndexOf(',', end - 1);
				String hop = hops.substring(comma + 1, end).trim();
				if (hop.isEmpty()) {
					continue; // RFC 9110 section 5.6.1
				}
				InetAddress address = literal(hop);
				if (address == null) {
					return client;
				}
				client = address;
				if (!exchange.endpoint().limits().trustedProxies().test(address)) {
					return client;
				}
			}
		}
		return client;
	}

	/** An address that is written as one, or null; names are never looked up. */
	static InetAddress literal(String text) {
		try {
			return text.indexOf(':') < 0 ? v4(text) : v6(text);
		} catch (UnknownHostException notAnAddress) {
			return null;
		}
	}

	/** Four decimal numbers: anything else without a colon would be taken for a name. */
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
		return InetAddress.getByName(text);
	}
}
