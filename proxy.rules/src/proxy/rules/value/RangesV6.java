package proxy.rules.value;

import java.util.Arrays;
import java.util.List;

/** IPv6 networks as sorted ranges that do not overlap, searched by halving. */
final class RangesV6 {

	private final long[] firstHigh;
	private final long[] firstLow;
	private final long[] lastHigh;
	private final long[] lastLow;

	private RangesV6(long[] firstHigh, long[] firstLow, long[] lastHigh, long[] lastLow) {
		this.firstHigh = firstHigh;
		this.firstLow = firstLow;
		this.lastHigh = lastHigh;
		this.lastLow = lastLow;
	}

	static RangesV6 of(List<Ip> members) {
		Ip[] networks = members.stream().filter(Ip::v6).map(Ip::network).sorted().toArray(Ip[]::new);
		long[][] ranges = new long[4][networks.length];
		int size = 0;
		for (Ip network : networks) {
			// networks overlap only by one holding the other, and the larger comes first
			if (size == 0 || compare(network.high(), network.low(), ranges[2][size - 1], ranges[3][size - 1]) > 0) {
				ranges[0][size] = network.high();
				ranges[1][size] = network.low();
				ranges[2][size] = network.high() | hosts(64 - network.prefix());
				ranges[3][size] = network.low() | hosts(128 - network.prefix());
				size++;
			}
		}
		return new RangesV6(
				Arrays.copyOf(ranges[0], size), Arrays.copyOf(ranges[1], size),
				Arrays.copyOf(ranges[2], size), Arrays.copyOf(ranges[3], size));
	}

	/** So many bits set from the right; none for 0 and less, all for 64 and more. */
	static long hosts(int bits) {
		return bits <= 0 ? 0 : bits >= 64 ? -1 : (1L << bits) - 1;
	}

	boolean contains(long high, long low) {
		int from = 0;
		int to = firstHigh.length;
		while (from < to) {
			int middle = from + to >>> 1;
			if (compare(firstHigh[middle], firstLow[middle], high, low) <= 0) {
				from = middle + 1;
			} else {
				to = middle;
			}
		}
		return from > 0 && compare(high, low, lastHigh[from - 1], lastLow[from - 1]) <= 0;
	}

	private static int compare(long aHigh, long aLow, long bHigh, long bLow) {
		int byHigh = Long.compareUnsigned(aHigh, bHigh);
		return byHigh != 0 ? byHigh : Long.compareUnsigned(aLow, bLow);
	}
}
