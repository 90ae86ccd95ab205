package proxy.core.loop;

import org.slf4j.Logger;
import org.slf4j.spi.LoggingEventBuilder;
import org.slf4j.spi.NOPLoggingEventBuilder;

/** One event a second; counts what it keeps back. Any thread. */
public final class Quota {

	private static final long PAUSE = 1_000_000_000L;

	private long nextAt = Long.MIN_VALUE;
	private int suppressed;

	/** How many events have been kept back since the last one that was let through, or -1 to keep this one back. */
	public synchronized int take(long now) {
		if (nextAt != Long.MIN_VALUE && now - nextAt < 0) {
			suppressed++;
			return -1;
		}
		nextAt = now + PAUSE;
		int count = suppressed;
		suppressed = 0;
		return count;
	}

	/** A warning that says how many have been kept back since the last one, or one that is kept back itself. */
	public LoggingEventBuilder warning(Logger log, long now) {
		int count = take(now);
		if (count < 0) {
			return NOPLoggingEventBuilder.singleton();
		}
		return count == 0 ? log.atWarn() : log.atWarn().addKeyValue("not_logged", count);
	}
}
