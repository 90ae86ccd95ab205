package proxy.console;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Slows down guessing: after five failures an address waits, twice as long after each further one, up to a minute. An
 * IPv6 client owns its whole /64, so that counts as one address.
 */
final class Throttle {

	static final int FREE_FAILURES = 5;
	private static final long FIRST_WAIT_MILLIS = 2_000;
	private static final long LONGEST_WAIT_MILLIS = 60_000;
	private static final long FORGET_MILLIS = 900_000;
	private static final int MAX_ADDRESSES = 10_000;

	private record Failures(int count, long last, long blockedUntil) {}

	private final LongSupplier millis;
	private final Map<String, Failures> byAddress = new LinkedHashMap<>(16, 0.75f, true) {
		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
			return size() > MAX_ADDRESSES;
		}
	};

	/** @param millis a clock that only goes forward */
	Throttle(LongSupplier millis) {
		this.millis = millis;
	}

	/** How long the address has to wait, in milliseconds; 0 when it need not. */
	synchronized long waitMillis(String address) {
		Failures failures = byAddress.get(network(address));
		return failures == null ? 0 : Math.max(0, failures.blockedUntil - millis.getAsLong());
	}

	synchronized void failed(String address) {
		long now = millis.getAsLong();
		byAddress.compute(network(address), (key, before) -> {
			int count = before == null || now - before.last > FORGET_MILLIS ? 1 : before.count + 1;
			return new Failures(count, now, now + waitAfter(count));
		});
	}

	synchronized void succeeded(String address) {
		byAddress.remove(network(address));
	}

	private static long waitAfter(int failures) {
		if (failures < FREE_FAILURES) {
			return 0;
		}
		int doublings = Math.min(failures - FREE_FAILURES, 10);
		return Math.min(LONGEST_WAIT_MILLIS, FIRST_WAIT_MILLIS << doublings);
	}

	private static String network(String address) {
		if (address.indexOf(':') < 0) {
			return address;
		}
		try {
			byte[] octets = InetAddress.getByName(address).getAddress();
			return octets.length == 16 ? Arrays.toString(Arrays.copyOf(octets, 8)) : address;
		} catch (UnknownHostException notAnAddress) {
			return address;
		}
	}
}
