package proxy.core.loop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** A copy of what a socket has not taken, in order. */
final class Unsent {

	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

	private ByteBuffer octets = NOTHING;
	/** Whether some of it has been sent since that was asked. */
	private boolean moved;

	boolean isEmpty() {
		return !octets.hasRemaining();
	}

	int remaining() {
		return octets.remaining();
	}

	/** Octets of memory that it takes. */
	int capacity() {
		return octets.capacity();
	}

	/** How many more octets of memory it would take, with as many added; they may be fewer. */
	int growth(int more) {
		return fits(more) ? 0 : octets.remaining() + more - octets.capacity();
	}

	private boolean fits(int more) {
		return octets.capacity() - octets.limit() >= more;
	}

	void add(ByteBuffer source) {
		moved &= !isEmpty();
		if (!fits(source.remaining())) {
			ByteBuffer larger = ByteBuffer.allocate(octets.remaining() + source.remaining());
			larger.put(octets).flip();
			octets = larger;
		}
		int position = octets.position();
		octets.position(octets.limit()).limit(octets.limit() + source.remaining());
		octets.put(source).position(position);
	}

	/** @return whether nothing is left */
	boolean send(WritableByteChannel socket) throws IOException {
		moved |= socket.write(octets) > 0;
		if (octets.hasRemaining()) {
			return false;
		}
		clear();
		return true;
	}

	/** Whether some has been sent since this was last asked. */
	boolean moved() {
		boolean was = moved;
		moved = false;
		return was;
	}

	void clear() {
		octets = NOTHING;
	}
}
