package proxy.tls.acme;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.shredzone.acme4j.PollableResource;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.exception.AcmeException;

/**
 * Asks the authority until something has come to an end: often at first, since most authorities need a second or less,
 * then less and less, and as it says itself (Retry-After).
 */
final class Polling {

	private static final long FIRST_PAUSE_MILLIS = 250;
	private static final long LONGEST_PAUSE_MILLIS = 5_000;
	private static final int EAGER_POLLS = 5;

	private Polling() {}

	/** @return the status reached, or the last one seen when the time is over */
	static Status until(PollableResource resource, Set<Status> wanted, Duration limit) throws AcmeException, InterruptedException {
		Set<Status> ends = EnumSet.of(Status.INVALID, Status.DEACTIVATED, Status.EXPIRED, Status.REVOKED, Status.CANCELED);
		ends.addAll(wanted);
		long end = System.nanoTime() + limit.toNanos();
		long pause = FIRST_PAUSE_MILLIS;
		for (int poll = 1; ; poll++) {
			Instant retryAfter = resource.fetch().orElse(null);
			Status status = resource.getStatus();
			long left = (end - System.nanoTime()) / 1_000_000;
			if (ends.contains(status) || left <= 0) {
				return status;
			}
			long wait = pause;
			if (retryAfter != null && poll > EAGER_POLLS) {
				wait = Math.max(pause, Duration.between(Instant.now(), retryAfter).toMillis());
			}
			Thread.sleep(Math.min(wait, left));
			pause = Math.min(pause * 8 / 5, LONGEST_PAUSE_MILLIS);
		}
	}
}
