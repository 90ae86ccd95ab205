package proxy.core.gateway;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import proxy.core.loop.AddressLiteral;

/** A few IP networks in CIDR notation (RFC 4632); for long lists there is the expression language. */
final class Networks implements Predicate<InetAddress> {

	private record Network(byte[] address, int bits) {

		boolean contains(byte[] other) {
			if (other.length != address.length) {
				return false;
			}
			for (int bit = 0; bit < bits; bit++) {
				int mask = 0x80 >> (bit & 7);
				if ((address[bit >> 3] & mask) != (other[bit >> 3] & mask)) {
					return false;
				}
			}
			return true;
		}
	}

	private final List<Network> networks = new ArrayList<>();

	/**
	 * @param setting for the error's text
	 * @throws IllegalArgumentException naming the setting and the entry that is no network
	 */
	Networks(String setting, String[] entries) {
		for (String entry : entries) {
			networks.add(network(setting, entry.trim()));
		}
	}

	private static Network network(String setting, String entry) {
		int slash = entry.indexOf('/');
		String host = slash < 0 ? entry : entry.substring(0, slash);
		InetAddress literal = AddressLiteral.parse(host);
		try {
			if (literal != null) {
				byte[] address = literal.getAddress();
				int bits = slash < 0 ? address.length * 8 : Integer.parseInt(entry.substring(slash + 1));
				if (bits >= 0 && bits <= address.length * 8) {
					return new Network(address, bits);
				}
			}
		} catch (NumberFormatException notOne) {
			// told below
		}
		throw new IllegalArgumentException(
				setting + ": '" + entry + "' is not an IP address or a network such as 10.0.0.0/8");
	}

	@Override
	public boolean test(InetAddress address) {
		if (networks.isEmpty()) {
			return false;
		}
		byte[] octets = address.getAddress();
		for (Network network : networks) {
			if (network.contains(octets)) {
				return true;
			}
		}
		return false;
	}
}
