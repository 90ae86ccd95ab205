package proxy.core.loop;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Octets of a connection that have been read and put back, to be read first. Who has sent far ahead of what is wanted has to go when
 * others need the memory.
 */
final class PutBack implements Backlog.Holder {

	/** Octets that may come with a request's head: no more than a connection takes anyway, and not counted. */
	private static final int LITTLE = 18 * 1024;

	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

	private final Wire wire;
	private final Loop loop;
	private ByteBuffer octets = NOTHING;
	/** Octets of memory that the backlog knows of. */
	private int counted;
	private long movedAt;

	PutBack(Wire wire) {
		this.wire = wire;
		loop = wire.loop();
		movedAt = loop.now();
	}

	boolean isEmpty() {
		return !octets.hasRemaining();
	}

	int read(ByteBuffer target) {
		int count = Math.min(octets.remaining(), target.remaining());
		target.put(octets.slice(octets.position(), count));
		octets.position(octets.position() + count);
		movedAt = loop.now();
		return count;
	}

	/** Adds the octets in front, where there is room if that is where they were read from. */
	void put(ByteBuffer bytes) {
		int start = octets.position() - bytes.remaining();
		if (start >= 0) {
			octets.duplicate().position(start).put(bytes);
			octets.position(start);
			return;
		}
		octets = ByteBuffer.allocate(bytes.remaining() + octets.remaining()).put(bytes).put(octets).flip();
		int more = octets.capacity() - counted;
		if (octets.capacity() > LITTLE && more > 0) {
			if (loop.backlog().take(this, more)) {
				counted += more;
			} else {
				loop.execute(() -> wire.reset(new IOException("too much waits that has been sent ahead")));
			}
		}
	}

	/** Gives the memory back. */
	void clear() {
		octets = NOTHING;
		if (counted > 0) {
			loop.backlog().leave(this, counted);
			counted = 0;
		}
	}

	@Override
	public boolean isStuck(long nanos) {
		return loop.now() - movedAt > nanos;
	}

	@Override
	public void evict() {
		wire.reset(new IOException("what has been sent ahead waits while memory is short"));
	}
}
