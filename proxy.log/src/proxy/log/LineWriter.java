package proxy.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;

/**
 * Writes lines by a thread of its own. Whoever has a line never waits: when the stream does not take what there is, the
 * queue fills up to its limit in octets, further lines are dropped, and their number is written once the stream takes
 * lines again.
 */
final class LineWriter implements AutoCloseable {

	private static final int BATCH = 8192;
	private static final long CLOSE_MILLIS = 1000;
	private static final long HURRY_NANOS = 100_000_000;

	private final OutputStream out;
	private final long capacity;
	private final LongFunction<String> droppedLine;
	private final ConcurrentLinkedQueue<byte[]> queue = new ConcurrentLinkedQueue<>();
	private final AtomicLong queued = new AtomicLong();
	private final AtomicLong dropped = new AtomicLong();
	private final ByteArrayOutputStream batch = new ByteArrayOutputStream(BATCH);
	private final Thread thread;
	private volatile boolean parked;
	private volatile boolean closed;
	private volatile boolean hurried;

	/** @param droppedLine what to write when this many lines were dropped, with its line end */
	LineWriter(String threadName, OutputStream out, long capacity, LongFunction<String> droppedLine) {
		this.out = out;
		this.capacity = capacity;
		this.droppedLine = droppedLine;
		thread = new Thread(this::run, threadName);
		thread.setDaemon(true);
		thread.start();
	}

	/** Takes text that ends with a line end, or drops it and says false. */
	boolean write(CharSequence text) {
		byte[] line = text.toString().getBytes(StandardCharsets.UTF_8);
		if (queued.addAndGet(line.length) > capacity) {
			queued.addAndGet(-line.length);
			dropped.incrementAndGet();
			return false;
		}
		queue.add(line);
		if (parked) {
			LockSupport.unpark(thread);
		}
		if (hurried) {
			awaitWritten();
		}
		return true;
	}

	/** From now on the process may end at any moment: lines are written before {@link #write} returns, if the stream takes them. */
	void hurry() {
		hurried = true;
		awaitWritten();
	}

	private void awaitWritten() {
		long deadline = System.nanoTime() + HURRY_NANOS;
		while (queued.get() > 0 && hurried) {
			hurried = System.nanoTime() - deadline < 0;
			LockSupport.parkNanos(this, 100_000);
		}
	}

	/** How many lines are lost and not reported yet. */
	long dropped() {
		return dropped.get();
	}

	private void run() {
		while (true) {
			fillBatch();
			if (batch.size() > 0) {
				writeBatch();
			} else if (closed) {
				return;
			} else {
				park();
			}
		}
	}

	private void fillBatch() {
		byte[] line;
		while (batch.size() < BATCH && (line = queue.poll()) != null) {
			batch.writeBytes(line);
		}
		long lost;
		if (queue.isEmpty() && (lost = dropped.getAndSet(0)) > 0) {
			byte[] report = droppedLine.apply(lost).getBytes(StandardCharsets.UTF_8);
			queued.addAndGet(report.length);
			batch.writeBytes(report);
		}
	}

	private void writeBatch() {
		int size = batch.size();
		try {
			out.write(batch.toByteArray());
			out.flush();
		} catch (IOException nobodyReads) {
			dropped.incrementAndGet();
			LockSupport.parkNanos(this, 100_000_000);
		}
		batch.reset();
		queued.addAndGet(-size);
	}

	private void park() {
		parked = true;
		if (queue.isEmpty() && !closed) {
			LockSupport.park(this);
		}
		parked = false;
	}

	/** Writes what is queued, unless the stream takes nothing: then this gives up after a second. */
	@Override
	public void close() {
		closed = true;
		LockSupport.unpark(thread);
		try {
			thread.join(CLOSE_MILLIS);
		} catch (InterruptedException interrupted) {
			Thread.currentThread().interrupt();
		}
	}
}
