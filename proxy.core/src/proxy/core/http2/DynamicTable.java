package proxy.core.http2;

import java.util.Arrays;

/** The decoder's dynamic table (RFC 7541 section 2.3.2): a ring of entries, the newest first. */
final class DynamicTable {

	/** The initial SETTINGS_HEADER_TABLE_SIZE, which is never raised. */
	static final int MAX_OCTETS = 4096;

	/** RFC 7541 section 4.1. */
	private static final int ENTRY_OVERHEAD = 32;

	private byte[][] octets = new byte[8][];
	private int[] nameLengths = new int[8];
	private int newest;
	private int count;
	private int size;
	private int limit = MAX_OCTETS;

	int count() {
		return count;
	}

	/** Name and value of the entry; 0 is the newest. */
	byte[] octets(int entry) {
		return octets[slot(entry)];
	}

	int nameLength(int entry) {
		return nameLengths[slot(entry)];
	}

	private int slot(int entry) {
		return newest - entry & octets.length - 1;
	}

	void limit(int newLimit) {
		limit = newLimit;
		evict(limit);
	}

	/** Adds what stands in the array, name and value one after the other. */
	void add(byte[] bytes, int start, int nameLength, int end) {
		int entrySize = end - start + ENTRY_OVERHEAD;
		evict(limit - entrySize);
		if (entrySize > limit) {
			return;
		}
		if (count == octets.length) {
			grow();
		}
		newest = newest + 1 & octets.length - 1;
		octets[newest] = Arrays.copyOfRange(bytes, start, end);
		nameLengths[newest] = nameLength;
		count++;
		size += entrySize;
	}

	private void evict(int room) {
		while (count > 0 && size > room) {
			int oldest = slot(count - 1);
			size -= octets[oldest].length + ENTRY_OVERHEAD;
			octets[oldest] = null;
			count--;
		}
	}

	private void grow() {
		byte[][] more = new byte[count * 2][];
		int[] moreLengths = new int[count * 2];
		for (int i = 0; i < count; i++) {
			more[count - 1 - i] = octets(i);
			moreLengths[count - 1 - i] = nameLength(i);
		}
		octets = more;
		nameLengths = moreLengths;
		newest = count - 1;
	}
}
