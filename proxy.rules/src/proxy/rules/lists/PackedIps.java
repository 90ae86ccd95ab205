package proxy.rules.lists;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.RandomAccess;
import proxy.rules.value.Ip;

/** Addresses and networks in arrays: 9 octets each, 17 as soon as one of them is IPv6. Only ever grows. */
final class PackedIps extends AbstractList<Ip> implements RandomAccess {

	/** Added to the prefix length of IPv6. */
	private static final int V6 = 64;

	private long[] low = new long[16];
	/** Null while all are IPv4. */
	private long[] high;

	private byte[] prefix = new byte[16];
	private int size;

	@Override
	public boolean add(Ip ip) {
		if (size == low.length) {
			low = Arrays.copyOf(low, 2 * size);
			prefix = Arrays.copyOf(prefix, 2 * size);
			high = high == null ? null : Arrays.copyOf(high, 2 * size);
		}
		if (ip.v6()) {
			high = high == null ? new long[low.length] : high;
			high[size] = ip.high();
		}
		low[size] = ip.low();
		prefix[size++] = (byte) (ip.v6() ? V6 + ip.prefix() : ip.prefix());
		return true;
	}

	@Override
	public Ip get(int i) {
		if (i >= size) {
			throw new IndexOutOfBoundsException(i);
		}
		int length = prefix[i] & 0xFF;
		return length < V6 ? new Ip(false, 0, low[i], length) : new Ip(true, high[i], low[i], length - V6);
	}

	@Override
	public int size() {
		return size;
	}
}
