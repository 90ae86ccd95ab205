package proxy.core.loop;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;

/** What a socket has not taken, in order: a copy of octets, then octets that stay where they are, in memory or in a file. */
final class Unsent {

	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

	private ByteBuffer octets = NOTHING;
	private ByteBuffer shared = NOTHING;
	/** Null when there is nothing to be sent of a file. */
	private FilePart file;
	/** Whether some of it has been sent since that was asked. */
	private boolean moved;

	boolean isEmpty() {
		return file == null && !octets.hasRemaining() && !shared.hasRemaining();
	}

	long remaining() {
		return octets.remaining() + shared.remaining() + (file == null ? 0 : file.remaining());
	}

	/** Octets of memory that it takes for itself, until nothing is left. */
	int capacity() {
		return octets.capacity();
	}

	/** How many more octets of memory it would take, with as many added; they may be fewer. */
	int growth(int more) {
		int all = shared.remaining() + more;
		return fits(all) ? 0 : octets.remaining() + all - octets.capacity();
	}

	private boolean fits(int more) {
		return octets.capacity() - octets.limit() >= more;
	}

	/** Keeps a copy; for behind a file's octets there is no room. */
	void add(ByteBuffer source) {
		requireNoFile();
		moved &= !isEmpty();
		if (shared.hasRemaining()) {
			ByteBuffer before = shared;
			shared = NOTHING;
			append(before);
		}
		append(source);
	}

	private void append(ByteBuffer source) {
		if (!fits(source.remaining())) {
			ByteBuffer larger = ByteBuffer.allocate(octets.remaining() + source.remaining());
			larger.put(octets).flip();
			octets = larger;
		}
		int position = octets.position();
		octets.position(octets.limit()).limit(octets.limit() + source.remaining());
		octets.put(source).position(position);
	}

	/** Keeps octets that nobody will change, without a copy; false when there are such already, then nothing is kept. */
	boolean share(ByteBuffer source) {
		requireNoFile();
		if (shared.hasRemaining()) {
			return false;
		}
		moved &= !isEmpty();
		shared = source.slice();
		source.position(source.limit());
		return true;
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
		if (shared.hasRemaining()) {
			moved |= socket.write(shared) > 0;
			if (shared.hasRemaining()) {
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
		shared = NOTHING;
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
