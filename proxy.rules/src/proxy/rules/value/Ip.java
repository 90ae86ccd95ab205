package proxy.rules.value;

import java.net.InetAddress;
import java.net.UnknownHostException;
import proxy.api.rule.EvaluationException;

/**
 * An address or a network, IPv4 or IPv6. Bits behind the prefix are kept, and count when two are compared.
 *
 * @param high the upper 64 bits of an IPv6 address, 0 for IPv4
 * @param low the lower 64 bits, the 32 bits of an IPv4 address
 * @param prefix length of the network's prefix in bits
 */
public record Ip(boolean v6, long high, long low, int prefix) implements Comparable<Ip> {

	/** @throws EvaluationException when the text is neither an address nor a network */
	public static Ip of(String text) {
		Ip ip = IpSyntax.parse(text);
		if (ip == null) {
			throw new EvaluationException(Text.quoted(text) + " is no IP address or network");
		}
		return ip;
	}

	public static Ip of(InetAddress address) {
		byte[] octets = address.getAddress();
		return octets.length == 4
				? new Ip(false, 0, bits(octets, 0, 4), 32)
				: new Ip(true, bits(octets, 0, 8), bits(octets, 8, 16), 128);
	}

	static long bits(byte[] octets, int start, int end) {
		long bits = 0;
		for (int i = start; i < end; i++) {
			bits = bits << 8 | octets[i] & 0xFF;
		}
		return bits;
	}

	/** Whether it is one address rather than a network. */
	public boolean isAddress() {
		return prefix == (v6 ? 128 : 32);
	}

	/** Whether the other is an address in this network. A network is in no network. */
	public boolean contains(Ip other) {
		return other.isAddress() && contains(other.v6, other.high, other.low);
	}

	public boolean contains(InetAddress address) {
		byte[] octets = address.getAddress();
		return octets.length == 4
				? contains(false, 0, bits(octets, 0, 4))
				: contains(true, bits(octets, 0, 8), bits(octets, 8, 16));
	}

	private boolean contains(boolean otherV6, long otherHigh, long otherLow) {
		if (v6 != otherV6) {
			return false;
		}
		if (!v6) {
			return (low ^ otherLow) >>> 32 - prefix == 0;
		}
		if (prefix <= 64) {
			return prefix == 0 || (high ^ otherHigh) >>> 64 - prefix == 0;
		}
		return high == otherHigh && (low ^ otherLow) >>> 128 - prefix == 0;
	}

	/** The same network, all bits behind the prefix zero. */
	public Ip network() {
		int bits = v6 ? 128 : 32;
		return new Ip(v6, v6 ? high & ~RangesV6.hosts(64 - prefix) : 0, low & ~RangesV6.hosts(bits - prefix), prefix);
	}

	/** The address, without the prefix length. */
	public InetAddress address() {
		byte[] octets = new byte[v6 ? 16 : 4];
		for (int i = 0; i < octets.length; i++) {
			int fromEnd = octets.length - 1 - i;
			octets[i] = (byte) (fromEnd < 8 ? low >>> 8 * fromEnd : high >>> 8 * (fromEnd - 8));
		}
		try {
			return InetAddress.getByAddress(octets);
		} catch (UnknownHostException e) {
			throw new AssertionError(e);
		}
	}

	/** IPv4 before IPv6, then by address, then the larger network first. */
	@Override
	public int compareTo(Ip other) {
		if (v6 != other.v6) {
			return v6 ? 1 : -1;
		}
		int byHigh = Long.compareUnsigned(high, other.high);
		int byAddress = byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
		return byAddress != 0 ? byAddress : Integer.compare(prefix, other.prefix);
	}

	/** Address and prefix length, as Pingoo has it: {@code 10.0.0.1/32}. */
	@Override
	public String toString() {
		return IpSyntax.format(this) + "/" + prefix;
	}
}
