package proxy.core.loop;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import proxy.api.transport.Deadline;

/** A socket on its loop: reads and writes, and keeps what a write could not pass to the kernel. */
final class Wire implements Selected {

	/** Who is told of the socket's events. */
	interface Owner {

		void wireReadable();

		/** What was pending has been sent. */
		void wireWritable();

		/** The connection broke; it is closed already. */
		void wireClosed(Throwable cause);

		/** The socket is closed, by whomever: what was held for it is to be freed. */
		void wireReleased();
	}

	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

	/** How long a peer may take nothing of what is still to be sent before the socket is closed. */
	private static final long CLOSE_MILLIS = 10_000;

	private final Loop loop;
	private final SocketChannel channel;
	private InetSocketAddress local;
	private InetSocketAddress remote;
	private SelectionKey key;
	private Owner owner;
	private ByteBuffer pending = NOTHING;
	/** Whether some of it has been sent since that was asked. */
	private boolean moved;
	private boolean shutdownWhenSent;
	private boolean closeWhenSent;
	private Deadline closing;
	private Runnable closed;

	/** @param channel connected and non-blocking */
	Wire(Loop loop, SocketChannel channel) throws IOException {
		this.loop = loop;
		this.channel = channel;
		local = (InetSocketAddress) channel.getLocalAddress();
		remote = (InetSocketAddress) channel.getRemoteAddress();
	}

	/** Begins: events go to the owner from now on. */
	void open(Owner first, SelectionKey registered) throws IOException {
		owner = first;
		if (registered == null) {
			key = loop.register(channel, SelectionKey.OP_READ, this);
		} else {
			key = registered;
			key.attach(this);
			key.interestOps(SelectionKey.OP_READ);
		}
	}

	/** A proxy in front has said who the client is, and what it connected to. */
	void introduced(InetSocketAddress client, InetSocketAddress destination) {
		remote = client;
		local = destination;
	}

	/** Runs once when the socket is closed. */
	void onClose(Runnable action) {
		closed = action;
	}

	@Override
	public void selected(SelectionKey ready) {
		int operations = ready.readyOps();
		if ((operations & SelectionKey.OP_WRITE) != 0) {
			flush();
		}
		if ((operations & SelectionKey.OP_READ) != 0 && key.isValid()
				&& (key.interestOps() & SelectionKey.OP_READ) != 0) {
			owner.wireReadable();
		}
	}

	@Override
	public void failed(Throwable cause) {
		fail(cause);
	}

	int read(ByteBuffer target) throws IOException {
		return channel.read(target);
	}

	/** Sends the bytes, or keeps a copy of what the socket does not take; true when nothing is kept. */
	boolean write(ByteBuffer source) throws IOException {
		if (closeWhenSent) {
			throw new java.nio.channels.ClosedChannelException();
		}
		if (!pending.hasRemaining()) {
			if (source.hasRemaining()) {
				channel.write(source);
			}
			if (!source.hasRemaining()) {
				return true;
			}
			pending = NOTHING;
		}
		keep(source);
		interest(SelectionKey.OP_WRITE, true);
		return false;
	}

	/** Passes to the kernel what it takes of two or three pieces, in one call; {@link #write} does the rest. */
	void gather(ByteBuffer first, ByteBuffer second, ByteBuffer third) throws IOException {
		channel.write(third == null ? new ByteBuffer[] {first, second} : new ByteBuffer[] {first, second, third});
	}

	private void keep(ByteBuffer source) {
		if (pending.capacity() - pending.limit() < source.remaining()) {
			ByteBuffer larger = ByteBuffer.allocate(pending.remaining() + source.remaining());
			larger.put(pending).flip();
			pending = larger;
		}
		int position = pending.position();
		pending.position(pending.limit()).limit(pending.limit() + source.remaining());
		pending.put(source).position(position);
	}

	private void flush() {
		try {
			moved |= channel.write(pending) > 0;
		} catch (IOException broken) {
			fail(broken);
			return;
		}
		if (pending.hasRemaining()) {
			return;
		}
		pending = NOTHING;
		interest(SelectionKey.OP_WRITE, false);
		if (closeWhenSent) {
			closeNow();
			return;
		}
		if (shutdownWhenSent) {
			shutdownNow();
		}
		owner.wireWritable();
	}

	boolean pending() {
		return pending.hasRemaining();
	}

	/** Whether the peer has taken some of what was pending since this was last asked. */
	boolean moved() {
		boolean was = moved;
		moved = false;
		return was;
	}

	void reading(boolean wanted) {
		interest(SelectionKey.OP_READ, wanted);
	}

	private void interest(int operation, boolean wanted) {
		if (key.isValid()) {
			int now = key.interestOps();
			int then = wanted ? now | operation : now & ~operation;
			if (then != now) {
				key.interestOps(then);
			}
		}
	}

	void shutdownOutput() {
		shutdownWhenSent = true;
		if (!pending.hasRemaining()) {
			shutdownNow();
		}
	}

	private void shutdownNow() {
		shutdownWhenSent = false;
		try {
			channel.shutdownOutput();
		} catch (IOException gone) {
			closeNow();
		}
	}

	/** Sends what is pending, then closes; a peer that does not take it gets a reset, so that it is not taken for all. */
	void close() {
		if (!channel.isOpen() || closeWhenSent) {
			return;
		}
		if (!pending.hasRemaining()) {
			closeNow();
			return;
		}
		closeWhenSent = true;
		reading(false);
		moved();
		closing = loop.deadline(this::closingLate);
		closing.after(CLOSE_MILLIS);
	}

	private void closingLate() {
		if (moved()) {
			closing.after(CLOSE_MILLIS);
		} else {
			abort();
		}
	}

	/** Closes with a reset. */
	void abort() {
		try {
			if (channel.isOpen()) {
				channel.setOption(StandardSocketOptions.SO_LINGER, 0);
			}
		} catch (IOException gone) {
			// closing is all that is left
		}
		closeNow();
	}

	private void fail(Throwable cause) {
		if (channel.isOpen()) {
			closeNow();
			owner.wireClosed(cause);
		}
	}

	private void closeNow() {
		if (!channel.isOpen()) {
			return;
		}
		try {
			channel.close();
		} catch (IOException gone) {
			// closed all the same
		}
		pending = NOTHING;
		if (closing != null) {
			closing.clear();
		}
		if (owner != null) {
			owner.wireReleased();
		}
		if (closed != null) {
			closed.run();
		}
	}

	boolean isOpen() {
		return channel.isOpen() && !closeWhenSent;
	}

	Loop loop() {
		return loop;
	}

	SocketChannel channel() {
		return channel;
	}

	InetSocketAddress local() {
		return local;
	}

	InetSocketAddress remote() {
		return remote;
	}
}
