package proxy.core.loop;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import proxy.api.transport.EventLoop;
import proxy.api.transport.Transport;
import proxy.api.transport.TransportHandler;

/** What plain and TLS connections have in common: a wire, a handler, and bytes put back. */
public abstract class LoopTransport implements Transport, Wire.Owner {

	final Wire wire;
	private TransportHandler handler;
	/** What has been put back, or null. */
	private PutBack unread;
	private boolean reading = true;
	private boolean againQueued;
	private boolean webSocket;
	private Tunnel tunnel;
	private final Runnable again = this::readAgain;

	LoopTransport(Wire wire) {
		this.wire = wire;
	}

	/** Registers with the loop; from here on events arrive. */
	void open(SelectionKey registered) throws IOException {
		wire.open(this, registered);
	}

	/** Runs once when the connection is closed, by whomever. */
	public void onClose(Runnable action) {
		wire.onClose(action);
	}

	/** Whether what comes now, as the client's side of a tunnel, is a WebSocket. */
	public void carriesWebSocket(boolean now) {
		webSocket = now;
	}

	boolean isWebSocket() {
		return webSocket;
	}

	void joined(Tunnel by) {
		tunnel = by;
	}

	/** From now on the end of the peer's direction shall not be the end of ours. Costs a little with some TLS engines. */
	public void endsApart() {
		// so it is without TLS
	}

	/** Asks both ends of the tunnel that this is the client's side of to end it, if its protocol has a word for that. */
	public void leaveTunnel() {
		if (tunnel != null) {
			tunnel.leave();
		}
	}

	/** Ends the tunnel, or this connection if it is not in one yet. */
	public void cutTunnel(IOException cause) {
		if (tunnel != null) {
			tunnel.end(cause);
		} else {
			abort();
		}
	}

	/** Sends up to three pieces, null for none, in as few system calls as there are; see {@link #write(ByteBuffer)}. */
	public abstract boolean write(ByteBuffer first, ByteBuffer second, ByteBuffer third) throws IOException;

	/** Whether octets of files may be sent from where they are. */
	public boolean sendsFiles() {
		return false;
	}

	/**
	 * Sends octets of a file, which has to stay open for that long and to keep them.
	 *
	 * @return true when nothing is left unsent; until then nothing else may be written
	 */
	public boolean write(FileChannel file, long position, long count) throws IOException {
		throw new UnsupportedOperationException();
	}

	abstract int receive(ByteBuffer target) throws IOException;

	/** Whether bytes have been received that {@link #receive} would give without the socket. */
	abstract boolean buffered();

	@Override
	public final int read(ByteBuffer target) throws IOException {
		if (unread == null) {
			return receive(target);
		}
		int count = unread.read(target);
		if (unread.isEmpty()) {
			forget();
		}
		return count;
	}

	@Override
	public final void unread(ByteBuffer bytes) {
		if (isOpen()) {
			if (unread == null) {
				unread = new PutBack(wire);
			}
			unread.put(bytes);
		}
	}

	private void forget() {
		if (unread != null) {
			unread.clear();
			unread = null;
		}
	}

	@Override
	public final void reading(boolean wanted) {
		reading = wanted;
		wire.reading(wanted);
		if (wanted) {
			readBuffered();
		}
	}

	/** Tells the handler later of bytes that no selector knows of. */
	final void readBuffered() {
		if (!againQueued && reading && handler != null && (unread != null || buffered())) {
			againQueued = true;
			wire.loop().execute(again);
		}
	}

	private void readAgain() {
		againQueued = false;
		if (reading && isOpen() && (unread != null || buffered())) {
			readable();
		}
	}

	final void readable() {
		handler.onReadable();
		if (isOpen()) {
			readBuffered();
		}
	}

	@Override
	public void handler(TransportHandler next) {
		handler = next;
	}

	final TransportHandler handler() {
		return handler;
	}

	@Override
	public void wireWritable() {
		if (handler != null) {
			handler.onWritable();
		}
	}

	@Override
	public void wireReleased() {
		forget();
	}

	@Override
	public void wireClosed(Throwable cause) {
		if (handler != null) {
			handler.onClosed(cause);
		}
	}

	@Override
	public EventLoop loop() {
		return wire.loop();
	}

	@Override
	public boolean writePending() {
		return wire.pending();
	}

	/** Whether the peer has taken some of what was pending since this was last asked. */
	public boolean moved() {
		return wire.moved();
	}

	@Override
	public void abort() {
		wire.abort();
	}

	@Override
	public boolean isOpen() {
		return wire.isOpen();
	}

	@Override
	public InetSocketAddress localAddress() {
		return wire.local();
	}

	@Override
	public InetSocketAddress remoteAddress() {
		return wire.remote();
	}
}
