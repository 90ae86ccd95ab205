package proxy.log.access;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Whole lines on their way from one loop's thread, the only producer, to the writer's, the only consumer. */
final class Ring {

	private static final VarHandle HEAD;
	private static final VarHandle TAIL;
	private static final VarHandle DROPPED;

	static {
		try {
			MethodHandles.Lookup lookup = MethodHandles.lookup();
			HEAD = lookup.findVarHandle(Ring.class, "head", long.class);
			TAIL = lookup.findVarHandle(Ring.class, "tail", long.class);
			DROPPED = lookup.findVarHandle(Ring.class, "dropped", long.class);
		} catch (ReflectiveOperationException e) {
			throw new ExceptionInInitializerError(e);
		}
	}

	private final byte[] bytes;
	private final int mask;
	private long knownTail;
	private long reported;
	private long unwritten;
	@SuppressWarnings("unused") // by HEAD
	private long head;

	@SuppressWarnings("unused") // by TAIL
	private long tail;

	@SuppressWarnings("unused") // by DROPPED
	private long dropped;

	/** @param capacity octets, rounded up to a power of two */
	Ring(int capacity) {
		bytes = new byte[Integer.highestOneBit(Math.max(2, capacity) - 1) << 1];
		mask = bytes.length - 1;
	}

	/**
	 * Producer: takes a line, or drops it when there is no room.
	 *
	 * @return whether the ring has just become half full, so that the writer should not wait for more
	 */
	boolean put(byte[] line, int length) {
		long from = (long) HEAD.get(this);
		if (from + length - knownTail > bytes.length) {
			knownTail = (long) TAIL.getAcquire(this);
			if (from + length - knownTail > bytes.length) {
				DROPPED.setOpaque(this, (long) DROPPED.get(this) + 1);
				return false;
			}
		}
		int at = (int) from & mask;
		int first = Math.min(length, bytes.length - at);
		System.arraycopy(line, 0, bytes, at, first);
		System.arraycopy(line, first, bytes, 0, length - first);
		HEAD.setVolatile(this, from + length); // before the writer is asked whether it sleeps
		int half = bytes.length / 2;
		return from - knownTail <= half && from + length - knownTail > half;
	}

	/**
	 * Consumer: hands everything there is to the sink; when that fails it is gone.
	 *
	 * @return whether there was anything
	 */
	boolean drainTo(Sink sink) throws IOException {
		long from = (long) TAIL.get(this);
		long to = (long) HEAD.getAcquire(this);
		if (from == to) {
			return false;
		}
		int at = (int) from & mask;
		int count = (int) (to - from);
		int first = Math.min(count, bytes.length - at);
		try {
			sink.write(bytes, at, first);
			if (count > first) {
				sink.write(bytes, 0, count - first);
			}
		} catch (IOException e) {
			unwritten += lines(from, to);
			throw e;
		} finally {
			TAIL.setRelease(this, to);
		}
		return true;
	}

	private long lines(long from, long to) {
		long lines = 0;
		for (long i = from; i < to; i++) {
			if (bytes[(int) i & mask] == '\n') {
				lines++;
			}
		}
		return lines;
	}

	boolean isEmpty() {
		return (long) TAIL.getAcquire(this) == (long) HEAD.getAcquire(this);
	}

	/** Consumer: how many lines were lost since it was asked last. */
	long newlyLost() {
		long all = (long) DROPPED.getOpaque(this);
		long fresh = all - reported + unwritten;
		reported = all;
		unwritten = 0;
		return fresh;
	}
}
