package proxy.core.http2;

/**
 * What a client may do that costs it little and us more, before it is an attack: resets, pings, settings, empty frames,
 * errors on streams. A bucket that fills by time.
 */
final class Tolerance {

	private static final int BURST = 200;
	private static final long NANOS_A_TOKEN = 10_000_000L;
	/** More than a client can owe: updates for what has been sent and not arrived yet, in small frames through a large window. */
	private static final int MOST_COMPANIONS = 100_000;

	/** The bucket is full when the clock is beyond this. */
	private long fullAt = Long.MIN_VALUE;
	/** Small frames that come with requests and responses: some for each of those are free. */
	private int companions;

	/** Counts one; false when there were too many. */
	boolean bears(long now) {
		if (fullAt == Long.MIN_VALUE || fullAt - now < 0) {
			fullAt = now;
		}
		fullAt += NANOS_A_TOKEN;
		return fullAt - now <= BURST * NANOS_A_TOKEN;
	}

	/** A stream was opened, or a DATA frame was sent: it may be followed by updates of windows and priorities. */
	void expectCompanions() {
		if (companions < MOST_COMPANIONS) {
			companions += 4;
		}
	}

	/** Counts an update of a window or a priority; false when there is no reason for it. */
	boolean bearsCompanion() {
		if (companions > 0) {
			companions--;
			return true;
		}
		return false;
	}
}
