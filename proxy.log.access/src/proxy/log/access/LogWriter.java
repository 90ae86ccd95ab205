package proxy.log.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Empties the rings into the sink by a thread of its own, which alone may have to wait for a disk or a reader. */
final class LogWriter implements AutoCloseable {

	private static final Logger LOG = LoggerFactory.getLogger("proxy.log.access");
	private static final long BATCH_NANOS = 50_000_000;
	private static final long RETRY_NANOS = 1_000_000_000;
	/** Exchanges may still end on the loops for a moment after this is closed. */
	private static final long LINGER_NANOS = 150_000_000;
	private static final long CLOSE_MILLIS = 1_000;

	private final List<Ring> rings = new CopyOnWriteArrayList<>();
	private final Consumer<IOException> trouble;
	private final Thread thread;
	private volatile Sink wanted;
	private volatile boolean parked;
	private volatile boolean closed;
	private volatile long closedAt;
	private Sink sink;
	private long lost;
	private boolean brokenOff;

	/** @param trouble told when the sink does not work, and with null when it does again */
	LogWriter(Sink sink, Consumer<IOException> trouble) {
		wanted = sink;
		this.trouble = trouble;
		thread = new Thread(this::run, "gatehouse-access-log");
		thread.setDaemon(true);
		thread.start();
	}

	void add(Ring ring) {
		rings.add(ring);
	}

	/** Goes on with another sink; what is waiting goes there. */
	void sink(Sink next) {
		wanted = next;
		wake();
	}

	/** Any thread: there are lines. */
	void lines(boolean urgent) {
		if (parked || urgent) {
			wake();
		}
	}

	private void wake() {
		LockSupport.unpark(thread);
	}

	private void run() {
		boolean working = true;
		while (true) {
			boolean last = closed && System.nanoTime() - closedAt >= LINGER_NANOS;
			boolean any = false;
			try {
				any = drain();
				if (!working) {
					trouble.accept(null);
				}
				working = true;
			} catch (IOException e) {
				if (working) {
					trouble.accept(e);
				}
				working = false;
				brokenOff = true;
				sink.close();
			}
			if (last && !any) {
				sink.close();
				return;
			}
			rest(any, working);
		}
	}

	private boolean drain() throws IOException {
		if (sink != wanted) {
			if (sink != null) {
				sink.close();
			}
			sink = wanted;
		}
		sink.prepare();
		boolean any = false;
		for (Ring ring : rings) {
			any |= ring.drainTo(sink);
		}
		tellLost();
		return any;
	}

	private void tellLost() throws IOException {
		for (Ring ring : rings) {
			lost += ring.newlyLost();
		}
		if (lost == 0) {
			return;
		}
		long count = lost;
		String report = (brokenOff ? "\n" : "") + "{\"time\":\"" + Instant.now() + "\",\"dropped\":" + count + "}\n";
		byte[] line = report.getBytes(StandardCharsets.US_ASCII);
		sink.write(line, 0, line.length);
		lost = 0;
		brokenOff = false;
		LOG.atWarn().addKeyValue("dropped", count).log("access log: {} lines lost: {} did not take them", count, sink);
	}

	/** Lines come in crowds: after some there is a short rest, so that many are written at once. */
	private void rest(boolean any, boolean working) {
		if (any || closed) {
			LockSupport.parkNanos(this, BATCH_NANOS);
		} else if (!working) {
			LockSupport.parkNanos(this, RETRY_NANOS);
		} else {
			parked = true;
			if (rings.stream().allMatch(Ring::isEmpty) && sink == wanted && !closed) {
				LockSupport.park(this);
			}
			parked = false;
		}
	}

	/** Writes what is there and what comes in the next moment, unless the sink takes nothing: then this gives up after a second. */
	@Override
	public void close() {
		closedAt = System.nanoTime();
		closed = true;
		wake();
		try {
			thread.join(CLOSE_MILLIS);
		} catch (InterruptedException interrupted) {
			Thread.currentThread().interrupt();
		}
	}
}
