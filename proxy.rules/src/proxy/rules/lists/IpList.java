package proxy.rules.lists;

import java.net.InetAddress;
import java.util.List;
import proxy.rules.value.Ip;
import proxy.rules.value.IpSet;
import proxy.rules.value.Type;

/** Addresses and networks. */
final class IpList implements ListContent {

	private final PackedIps elements;
	private final IpSet set;

	IpList(PackedIps elements) {
		this.elements = elements;
		set = new IpSet(elements);
	}

	@Override
	public Type type() {
		return Type.IP;
	}

	@Override
	public List<Ip> elements() {
		return elements;
	}

	@Override
	public boolean has(InetAddress address) {
		return set.contains(address);
	}

	/** A network is in the list only as it stands there. */
	@Override
	public boolean has(Object value) {
		return value instanceof Ip ip && (ip.isAddress() ? set.contains(ip) : elements.contains(ip));
	}
}
