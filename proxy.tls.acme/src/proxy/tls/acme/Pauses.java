package proxy.tls.acme;

import java.time.Duration;

/**
 * How long to wait after failures in a row.
 *
 * <p>A validation may fail five times an hour for a name at Let's Encrypt, so a refused domain has at most five tries in
 * its first hour, fewer later; the first of them comes at once where there is another challenge to try. An authority that cannot be reached costs it nothing: it is asked again within a minute, so
 * that certificates come soon after it is back, and less often when it stays away.
 */
final class Pauses {

	private static final int[] REFUSED_MINUTES = {1, 5, 15, 30, 60, 120, 240, 360};
	private static final int[] UNREACHABLE_SECONDS = {2, 5, 10, 20, 30, 50};
	private static final int UNREACHABLE_PATIENCE = 75;
	/** Before the other challenge is tried. */
	static final Duration OTHER_WAY = Duration.ofSeconds(2);
	private static final Duration UNREACHABLE_LONG = Duration.ofMinutes(5);
	private static final double JITTER = 0.1;

	private Pauses() {}

	/** @param failures so far, at least 1 */
	static Duration refused(int failures, double random) {
		return jittered(Duration.ofMinutes(REFUSED_MINUTES[Math.min(failures, REFUSED_MINUTES.length) - 1]), random);
	}

	/** @param failures so far, at least 1 */
	static Duration unreachable(int failures, double random) {
		return jittered(
				failures > UNREACHABLE_PATIENCE
						? UNREACHABLE_LONG
						: Duration.ofSeconds(UNREACHABLE_SECONDS[Math.min(failures, UNREACHABLE_SECONDS.length) - 1]),
				random);
	}

	/** @param random from 0 to 1 */
	private static Duration jittered(Duration pause, double random) {
		return Duration.ofMillis((long) (pause.toMillis() * (1 - JITTER + 2 * JITTER * random)));
	}
}
