package proxy.core.http;

/**
 * How fast a request's content comes: how long it has been waited for, and how much has come. While nobody waits for it no time passes,
 * so that nothing is held against a client which is held back. On the connection's loop; times are nanoseconds.
 */
public final class Pace {

	private static final long SECOND = 1_000_000_000L;

	/** For the beginning, which is slow. */
	private static final long GRACE = 5 * SECOND;

	/** Seconds that may be gained by having been fast. */
	private static final long MOST_GAINED = 1_000_000;

	private long octets;
	private long waited;
	private long waitingSince;
	private boolean waiting;

	public void reset() {
		octets = 0;
		waited = 0;
		waiting = false;
	}

	/** Content is waited for from now on. */
	public void waiting(long now) {
		if (!waiting) {
			waiting = true;
			waitingSince = now;
		}
	}

	/** It could not come until now. */
	public void excused(long now) {
		waitingSince = now;
	}

	/** Content has come; if more is waited for, that has to be said. */
	public void came(long now, int count) {
		octets += count;
		if (waiting) {
			waited += now - waitingSince;
			waiting = false;
		}
	}

	/**
	 * How much longer content may be waited for.
	 *
	 * @param rate octets a second that are to come on average; 0 for none
	 * @return fewer than none if it has been too long
	 */
	public long left(long now, long rate) {
		if (rate == 0) {
			return Long.MAX_VALUE;
		}
		return GRACE + Math.min(octets / rate, MOST_GAINED) * SECOND - waited - (waiting ? now - waitingSince : 0);
	}
}
