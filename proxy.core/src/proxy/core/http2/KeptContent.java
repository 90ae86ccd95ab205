package proxy.core.http2;

import java.nio.ByteBuffer;

/** Content of one stream's direction that has to wait, in its loop's {@link WaitingRoom}. */
final class KeptContent {

	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

	private final boolean input;
	private WaitingRoom room;
	private ByteBuffer buffer = NOTHING;

	KeptContent(boolean input) {
		this.input = input;
	}

	void begin(WaitingRoom newRoom) {
		room = newRoom;
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
		if (input ? !room.takeForInput(capacity) : !room.take(capacity)) {
			return false;
		}
		room.free(buffer.capacity());
		buffer = ByteBuffer.allocate(capacity).put(buffer).flip();
		return true;
	}

	/** Gives everything back. */
	void clear() {
		if (buffer != NOTHING) {
			room.free(buffer.capacity());
			buffer = NOTHING;
		}
	}
}
