package proxy.rules.value;

import java.util.Arrays;
import java.util.List;

/**
 * IPv4 networks as sorted ranges that do not touch, with a table over the first 16 bits of an address: a prefix trie of
 * one level whose leaves are searched by halving.
 */
final class RangesV4 {

	/** Below this the table would cost more than it saves. */
	private static final int WORTH_A_TABLE = 64;

	/** First and last addresses, with the sign bit flipped so that signed order is the order of addresses. */
	private final int[] first;

	private final int[] last;
	/** For each value of the upper 16 bits, the number of ranges that begin before it; null when there are few ranges. */
	private final int[] before;

	private RangesV4(int[] first, int[] last) {
		this.first = first;
		this.last = last;
		before = first.length < WORTH_A_TABLE ? null : table(first);
	}

	static RangesV4 of(List<Ip> members) {
		long[] ranges = members.stream().filter(ip -> !ip.v6()).mapToLong(RangesV4::range).sorted().toArray();
		int[] first = new int[ranges.length];
		int[] last = new int[ranges.length];
		int size = 0;
		for (long range : ranges) {
			int from = (int) (range >> 32);
			int to = (int) range ^ Integer.MIN_VALUE;
			if (size > 0 && from <= last[size - 1] + 1L) {
				last[size - 1] = Math.max(last[size - 1], to);
			} else {
				first[size] = from;
				last[size++] = to;
			}
		}
		return new RangesV4(Arrays.copyOf(first, size), Arrays.copyOf(last, size));
	}

	/** The first address flipped in the upper half, the last one in the lower half: sorts by first, then by last address. */
	private static long range(Ip ip) {
		int hosts = ip.prefix() == 0 ? -1 : (1 << 32 - ip.prefix()) - 1;
		int from = (int) ip.low() & ~hosts;
		return (long) (from ^ Integer.MIN_VALUE) << 32 | (from | hosts) & 0xFFFF_FFFFL;
	}

	private static int[] table(int[] first) {
		int[] before = new int[(1 << 16) + 1];
		int range = 0;
		for (int upper = 0; upper < before.length; upper++) {
			while (range < first.length && upper(first[range]) < upper) {
				range++;
			}
			before[upper] = range;
		}
		return before;
	}

	private static int upper(int flipped) {
		return (flipped ^ Integer.MIN_VALUE) >>> 16;
	}

	boolean contains(int address) {
		int flipped = address ^ Integer.MIN_VALUE;
		int low = before == null ? 0 : before[address >>> 16];
		int high = before == null ? first.length : before[(address >>> 16) + 1];
		while (low < high) {
			int middle = low + high >>> 1;
			if (first[middle] <= flipped) {
				low = middle + 1;
			} else {
				high = middle;
			}
		}
		// the last range that begins at or before the address, perhaps long before
		return low > 0 && last[low - 1] >= flipped;
	}
}
