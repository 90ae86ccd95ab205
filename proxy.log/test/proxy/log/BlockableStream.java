package proxy.log;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A stderr that can be made to take nothing, as a pipe that nobody reads. */
final class BlockableStream extends OutputStream {

	private final ReentrantLock lock = new ReentrantLock();
	private final Condition changed = lock.newCondition();
	private final ByteArrayOutputStream written = new ByteArrayOutputStream();
	private boolean blocked;
	private boolean waiting;

	void block() {
		with(() -> blocked = true);
	}

	void unblock() {
		with(() -> blocked = false);
	}

	void awaitWriterWaiting() throws InterruptedException {
		await(() -> waiting, "nothing was written");
	}

	String await(String part) throws InterruptedException {
		await(() -> text().contains(part), part + " is not in " + text());
		return text();
	}

	String text() {
		return written.toString(StandardCharsets.UTF_8);
	}

	@Override
	public void write(int octet) {
		write(new byte[] {(byte) octet}, 0, 1);
	}

	@Override
	public void write(byte[] bytes, int from, int count) {
		lock.lock();
		try {
			while (blocked) {
				waiting = true;
				changed.signalAll();
				changed.awaitUninterruptibly();
			}
			waiting = false;
			written.write(bytes, from, count);
			changed.signalAll();
		} finally {
			lock.unlock();
		}
	}

	private void with(Runnable change) {
		lock.lock();
		change.run();
		changed.signalAll();
		lock.unlock();
	}

	private void await(java.util.function.BooleanSupplier condition, String otherwise) throws InterruptedException {
		lock.lock();
		try {
			long left = TimeUnit.SECONDS.toNanos(30);
			while (!condition.getAsBoolean()) {
				if (left <= 0) {
					throw new AssertionError(otherwise);
				}
				left = changed.awaitNanos(left);
			}
		} finally {
			lock.unlock();
		}
	}
}
