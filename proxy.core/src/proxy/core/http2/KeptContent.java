package proxy.core.http2;

import java.nio.ByteBuffer;

/** Content that has to wait, on the account of its loop. */
final class KeptContent {

	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

	private Http2Loop loop;
	private ByteBuffer buffer = NOTHING;

	void begin(Http2Loop newLoop) {
		loop = newLoop;
	}

	boolean isEmpty() {
		return !buffer.hasRemaining();
	}

	/** What is kept, to be read from. */
	ByteBuffer buffer() {
		return buffer;
	}

	/** Adds the content; false when there is no memory for it, then nothing is added. */
	boolean add(ByteBuffer content) {
		int needed = buffer.remaining() + content.remaining();
		if (buffer.capacity() - buffer.limit() < content.remaining()) {
			if (needed <= buffer.capacity()) {
				buffer.compact().flip();
			} else if (!grow(needed)) {
				return false;
			}
		}
		int position = buffer.position();
		buffer.position(buffer.limit()).limit(buffer.limit() + content.remaining());
		buffer.put(content).position(position);
		return true;
	}

	private boolean grow(int needed) {
		// twice as much, so that many small pieces are not copied over and over
		int capacity = Math.max(needed, Math.min(buffer.capacity() * 2, StreamInput.WINDOW));
		if (!loop.keep(capacity)) {
			return false;
		}
		loop.free(buffer.capacity());
		buffer = ByteBuffer.allocate(capacity).put(buffer).flip();
		return true;
	}

	/** Gives everything back. */
	void clear() {
		if (buffer != NOTHING) {
			loop.free(buffer.capacity());
			buffer = NOTHING;
		}
	}
}
