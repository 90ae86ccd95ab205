package proxy.process;

/** How long to wait before the next start: longer with every end that comes soon, short again after a long life. */
final class Pause {

	private static final long LONGEST_MILLIS = 30_000;
	private static final long LONG_LIFE_MILLIS = 60_000;

	private final long firstMillis;
	private long nextMillis;

	Pause(long firstMillis) {
		this.firstMillis = firstMillis;
		nextMillis = firstMillis;
	}

	/** @param livedMillis how long the process ran that has ended */
	long after(long livedMillis) {
		if (livedMillis >= LONG_LIFE_MILLIS) {
			nextMillis = firstMillis;
		}
		long pause = nextMillis;
		nextMillis = Math.min(LONGEST_MILLIS, 2 * nextMillis);
		return pause;
	}
}
