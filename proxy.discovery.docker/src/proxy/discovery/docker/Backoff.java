package proxy.discovery.docker;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Growing pauses between attempts, with jitter so that many gateways do not come at once. */
final class Backoff {

	private static final long FIRST_MILLIS = 250;
	private static final long LONGEST_MILLIS = 30_000;

	private final RandomGenerator random;
	private long millis = FIRST_MILLIS;

	Backoff(RandomGenerator random) {
		this.random = random;
	}

	/** Between a half and the whole of a time that doubles up to half a minute. */
	Duration next() {
		long pause = millis / 2 + random.nextLong(millis / 2 + 1);
		millis = Math.min(LONGEST_MILLIS, millis * 2);
		return Duration.ofMillis(pause);
	}

	void reset() {
		millis = FIRST_MILLIS;
	}
}
