package proxy.core.loop;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import proxy.api.transport.Deadline;

/** A socket on its loop: reads and writes, and keeps what a write could not pass to the kernel. */
final class Wire implements Selected, Backlog.Holder {

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

	/** How long a peer may take nothing of what is still to be sent before the socket is closed. */
	private static final long CLOSE_MILLIS = 10_000;

	private final Loop loop;
	private final SocketChannel channel;
	private InetSocketAddress local;
	private InetSocketAddress remote;
	private SelectionKey key;
	private Owner owner;
	private final Unsent unsent = new Unsent();
	private final Portion portion = new Portion();
	/** When the peer has last taken some of what is kept. */
	private long movedAt;
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

	/** Reads a portion at most. */
	int read(ByteBuffer target) throws IOException {
		if (loop.backlog().isShort()) {
			portion.least();
		}
		int count = portion.read(channel, target);
		loop.makeRoom(portion.next());
		return count;
	}

	/**
	 * Sends the bytes, or keeps what the socket does not take, a copy of it unless it is read-only; true when nothing is kept.
	 *
	 * @throws IOException when the connection is broken, and when there is no memory to keep anything in
	 */
	boolean write(ByteBuffer source) throws IOException {
		if (unsent.isEmpty() && source.hasRemaining()) {
			channel.write(source);
		}
		return sent(source);
	}

	/** Like {@link #write(ByteBuffer)}, with all pieces in one call to the kernel. */
	boolean write(ByteBuffer... pieces) throws IOException {
		if (unsent.isEmpty()) {
			channel.write(pieces);
		}
		boolean sent = true;
		for (ByteBuffer piece : pieces) {
			sent = sent(piece);
		}
		return sent;
	}

	/** Sends octets of a file, which are not copied; true when nothing is left to be sent. */
	boolean write(FileChannel file, long position, long count) throws IOException {
		if (closeWhenSent) {
			throw new ClosedChannelException();
		}
		boolean first = unsent.isEmpty();
		unsent.add(file, position, count);
		if (first && send()) {
			return true;
		}
		interest(SelectionKey.OP_WRITE, true);
		return false;
	}

	/** Keeps what is left of it. */
	private boolean sent(ByteBuffer source) throws IOException {
		if (closeWhenSent) {
			throw new ClosedChannelException();
		}
		if (source.hasRemaining()) {
			keep(source);
			interest(SelectionKey.OP_WRITE, true);
		}
		return unsent.isEmpty();
	}

	private void keep(ByteBuffer source) throws IOException {
		if (unsent.isEmpty()) {
			movedAt = loop.now();
		}
		if (source.isReadOnly() && unsent.share(source)) {
			return;
		}
		if (!loop.backlog().take(this, unsent.growth(source.remaining()))) {
			throw new IOException("too much waits for slow peers");
		}
		unsent.add(source);
	}

	/** Sends what the socket takes of what is kept; whether nothing is left. */
	private boolean send() throws IOException {
		long before = unsent.remaining();
		int kept = unsent.capacity();
		boolean all = unsent.send(channel);
		if (unsent.remaining() < before) {
			movedAt = loop.now();
		}
		if (all) {
			loop.backlog().leave(this, kept);
		}
		return all;
	}

	@Override
	public boolean isStuck(long nanos) {
		try {
			send();
		} catch (IOException broken) {
			return false; // told by the selector
		}
		return !unsent.isEmpty() && loop.now() - movedAt > nanos;
	}

	@Override
	public void evict() {
		reset(new SocketTimeoutException("the peer takes nothing while memory is short"));
	}

	/** Closes with a reset, and tells the owner. */
	void reset(Throwable cause) {
		resetByClosing();
		fail(cause);
	}

	private void flush() {
		try {
			if (!send()) {
				return;
			}
		} catch (IOException broken) {
			fail(broken);
			return;
		}
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
		return !unsent.isEmpty();
	}

	/**
	 * Whether the peer has taken some of what was pending since this was last asked. The selector speaks up only when a third of the
	 * kernel's buffer is free, for which a slow peer may need minutes, so that the kernel is asked itself.
	 */
	boolean moved() {
		try {
			send();
		} catch (IOException broken) {
			// told by the selector, as is that nothing is left
		}
		return unsent.moved();
	}

	void reading(boolean wanted) {
		if (!wanted) {
			portion.paused();
		}
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
		if (unsent.isEmpty()) {
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
		if (unsent.isEmpty()) {
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
		resetByClosing();
		closeNow();
	}

	private void resetByClosing() {
		try {
			if (channel.isOpen()) {
				channel.setOption(StandardSocketOptions.SO_LINGER, 0);
			}
		} catch (IOException gone) {
			// closing is all that is left
		}
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
		loop.backlog().leave(this, unsent.capacity());
		unsent.clear();
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
