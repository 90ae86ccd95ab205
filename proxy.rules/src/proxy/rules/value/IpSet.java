package proxy.rules.value;

import java.net.InetAddress;
import java.util.List;

/** Addresses and networks, asked whether an address is one of them or in one of them. A million of them are as quick as ten. */
public final class IpSet {

	private final RangesV4 v4;
	private final RangesV6 v6;

	public IpSet(List<Ip> members) {
		v4 = RangesV4.of(members);
		v6 = RangesV6.of(members);
	}

	public boolean contains(InetAddress address) {
		byte[] octets = address.getAddress();
		return octets.length == 4
				? v4.contains((int) Ip.bits(octets, 0, 4))
				: v6.contains(Ip.bits(octets, 0, 8), Ip.bits(octets, 8, 16));
	}

	/** Whether it is an address, and in. */
	public boolean contains(Ip ip) {
		return ip.isAddress() && (ip.v6() ? v6.contains(ip.high(), ip.low()) : v4.contains((int) ip.low()));
	}
}
