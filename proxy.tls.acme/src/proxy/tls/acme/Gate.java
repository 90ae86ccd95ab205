package proxy.tls.acme;

import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the authority works, as far as we know. While it does not, it is asked again by one order at a time and after
 * growing pauses, however many domains wait. For the control thread.
 */
final class Gate {

	private static final Logger log = LoggerFactory.getLogger(Gate.class);
	private static final Duration LONGEST_WAIT = Duration.ofHours(24);
	private static final int LOGGED_AT_FIRST = 6;
	private static final int LOGGED_THEN = 12;

	private int failures;
	private Instant notBefore = Instant.MIN;
	private Trouble trouble;

	/** What is wrong with it, or null. */
	Trouble trouble() {
		return trouble;
	}

	/** When it may be asked. */
	Instant opens(Instant now) {
		if (notBefore.isAfter(now.plus(LONGEST_WAIT))) {
			// The clock has been put back.
			notBefore = now;
		}
		return notBefore;
	}

	/** Whether it failed the last time, so that only one order should try. */
	boolean failing() {
		return failures > 0;
	}

	/** @param random from 0 to 1 */
	void failed(Trouble latest, Instant now, double random) {
		trouble = latest;
		if (notBefore.isAfter(now)) {
			// Orders that ran together failed together: that counts once.
			return;
		}
		failures++;
		notBefore = now.plus(Pauses.unreachable(failures, random));
		if (latest.retryAfter() != null && latest.retryAfter().isAfter(notBefore)) {
			Instant end = now.plus(LONGEST_WAIT);
			notBefore = latest.retryAfter().isBefore(end) ? latest.retryAfter() : end;
		}
		if (failures <= LOGGED_AT_FIRST || failures % LOGGED_THEN == 0) {
			log.atWarn()
					.addKeyValue("reason", latest.reason())
					.addKeyValue("failures", failures)
					.addKeyValue("next_try", notBefore)
					.log("tls: ACME authority does not work");
		}
	}

	void worked() {
		if (failures > 0) {
			log.atInfo().addKeyValue("failures", failures).log("tls: ACME authority works again");
		}
		reset();
	}

	/** Forgets failures: somebody has changed something. */
	void reset() {
		failures = 0;
		trouble = null;
		notBefore = Instant.MIN;
	}
}
