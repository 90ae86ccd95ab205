package proxy.log.access;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A sink that can be blocked, as a pipe that nobody reads, and made to fail, as a full disk. */
class MemorySink implements Sink {

	private final ByteArrayOutputStream written = new ByteArrayOutputStream();
	private final Semaphore gate = new Semaphore(1);
	private boolean failing;
	private boolean waiting;

	void block() {
		gate.acquireUninterruptibly();
	}

	void unblock() {
		gate.release();
	}

	synchronized void failing(boolean now) {
		failing = now;
	}

	@Override
	public synchronized void prepare() throws IOException {
		if (failing) {
			throw new IOException("No space left on device");
		}
	}

	@Override
	public void write(byte[] bytes, int from, int count) throws IOException {
		synchronized (this) {
			waiting = true;
			notifyAll();
		}
		gate.acquireUninterruptibly();
		gate.release();
		synchronized (this) {
			waiting = false;
			if (failing) {
				throw new IOException("No space left on device");
			}
			written.write(bytes, from, count);
			notifyAll();
		}
	}

	synchronized String text() {
		return written.toString(StandardCharsets.ISO_8859_1);
	}

	synchronized void awaitWaiting() throws InterruptedException {
		await(text -> waiting);
	}

	synchronized String await(Predicate<String> condition) throws InterruptedException {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
		while (!condition.test(text())) {
			long left = (deadline - System.nanoTime()) / 1_000_000;
			if (left <= 0) {
				throw new AssertionError("not in time, there is: " + text());
			}
			wait(left);
		}
		return text();
	}

	@Override
	public void close() {}

	@Override
	public String toString() {
		return "memory";
	}
}
