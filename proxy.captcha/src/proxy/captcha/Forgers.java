package proxy.captcha;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Addresses that sent tokens with wrong signatures in this minute: to check one costs as much as twenty requests. Counted
 * roughly and in bounded memory: who shares a slot with a forger may have to solve a captcha again.
 */
final class Forgers {

	private static final int SLOTS = 4096;
	private static final int TOLERATED = 16;
	/** Of an IPv6 address: the network, since a host has all of it. */
	private static final int NETWORK_OCTETS = 8;

	private final int seed = ThreadLocalRandom.current().nextInt();
	/** The minute in the upper bits, how many in the lower eight. */
	private final AtomicLongArray counts = new AtomicLongArray(SLOTS);

	boolean has(InetAddress address, long now) {
		long count = counts.get(slot(address));
		return count >> 8 == now / 60 && (count & 0xFF) >= TOLERATED;
	}

	void add(InetAddress address, long now) {
		long minute = now / 60;
		counts.updateAndGet(slot(address), count -> count >> 8 == minute ? Math.min(count + 1, minute << 8 | TOLERATED) : minute << 8 | 1);
	}

	private int slot(InetAddress address) {
		byte[] octets = address.getAddress();
		int hash = seed;
		for (byte octet : address instanceof Inet6Address ? Arrays.copyOf(octets, NETWORK_OCTETS) : octets) {
			hash = (hash ^ octet) * 0x01000193;
		}
		return (hash ^ hash >>> 15) & SLOTS - 1;
	}
}
