package proxy.core.loop;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;

/** What a socket has not taken, in order: a copy of octets, then octets of a file where they are. */
final class Unsent {

	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

	private ByteBuffer octets = NOTHING;
	/** Null when there is nothing to be sent of a file. */
	private FilePart file;
	/** Whether some of it has been sent since that was asked. */
	private boolean moved;

	boolean isEmpty() {
		return file == null && !octets.hasRemaining();
	}

	long remaining() {
		return octets.remaining() + (file == null ? 0 : file.remaining());
	}

	/** Octets of memory that it takes, until nothing is left. */
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

	/** Keeps a copy; for behind a file's octets there is no room. */
	void add(ByteBuffer source) {
		requireNoFile();
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

	void add(FileChannel source, long position, long count) {
		requireNoFile();
		moved &= !isEmpty();
		file = new FilePart(source, position, position + count);
	}

	private void requireNoFile() {
		if (file != null) {
			throw new IllegalStateException("octets of a file are still to be sent");
		}
	}

	/**
	 * @return whether nothing is left
	 * @throws EOFException when the file has become shorter
	 */
	boolean send(WritableByteChannel socket) throws IOException {
		if (octets.hasRemaining()) {
			moved |= socket.write(octets) > 0;
			if (octets.hasRemaining()) {
				return false;
			}
		}
		if (file != null) {
			moved |= file.send(socket) > 0;
			if (file.remaining() > 0) {
				return false;
			}
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
		file = null;
	}

	private static final class FilePart {

		private final FileChannel source;
		private final long end;
		private long position;

		FilePart(FileChannel source, long position, long end) {
			this.source = source;
			this.position = position;
			this.end = end;
		}

		long send(WritableByteChannel socket) throws IOException {
			long count = source.transferTo(position, end - position, socket);
			position += count;
			if (count == 0 && source.size() < end) {
				throw new EOFException("the file is shorter than it was");
			}
			return count;
		}

		long remaining() {
			return end - position;
		}
	}
}
