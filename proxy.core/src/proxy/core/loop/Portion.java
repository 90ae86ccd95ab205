package proxy.core.loop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * How many octets one read of a connection takes at most. Large portions cost less, for each has both peers woken up and its
 * room announced once; they are for connections whose octets can be passed on at once. What a slow receiver does not take
 * has to be kept, and is to be little. A portion also bounds a connection's share of a turn.
 */
final class Portion {

	static final int LEAST = 64 * 1024;
	static final int MOST = 1024 * 1024;

	private int octets = LEAST;
	/** Whether the last read gave all that it could. */
	private boolean full;
	/** Whether the last read gave much. */
	private boolean large;

	/** Reads one; it is a larger one if the last one came in full, and has been passed on since. */
	int read(ReadableByteChannel source, ByteBuffer target) throws IOException {
		octets = next();
		int limit = target.limit();
		target.limit(Math.min(limit, target.position() + octets));
		int count = source.read(target);
		target.limit(limit);
		full = count == octets;
		large = count >= LEAST;
		return count;
	}

	/** Reading stops for now: in the middle of large content that means a slow receiver. */
	void paused() {
		if (large) {
			octets = Math.max(octets / 2, LEAST);
			full = false;
			large = false;
		}
	}

	/** What is read next may have to be kept, and there is little room: the next read takes little. */
	void least() {
		octets = LEAST;
		full = false;
	}

	/** The most that the next read takes. */
	int next() {
		return full ? Math.min(octets * 2, MOST) : octets;
	}
}
