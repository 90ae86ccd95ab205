package proxy.api.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/** A connected byte stream, plain or TLS, bound to one {@link EventLoop} for life. For that loop's thread only. */
@ProviderType
public interface Transport {

	EventLoop loop();

	/** Who is told of this connection's events from now on; replaces the handler before. */
	void handler(TransportHandler handler);

	/**
	 * Reads what has arrived into the buffer's remaining space.
	 *
	 * @return the number of bytes, 0 when there are none now, -1 when the peer has ended its direction
	 * @throws IOException when the connection is broken; it is not closed by that
	 */
	int read(ByteBuffer target) throws IOException;

	/**
	 * Whether the end that {@link #read} has told of is the peer's: with TLS it has to say so (close_notify), since anybody on the
	 * way can end a connection (RFC 8446 section 6.1).
	 */
	default boolean endedByPeer() {
		return true;
	}

	/**
	 * Takes all bytes of the source, whatever the peer's speed: what the socket does not accept now is copied and sent
	 * when it does. The source belongs to the caller again on return.
	 *
	 * @return true when nothing is left unsent; false when the caller should pause until
	 *     {@link TransportHandler#onWritable()}
	 * @throws IOException when the connection is broken; it is not closed by that
	 */
	boolean write(ByteBuffer source) throws IOException;

	/** Whether bytes taken by {@link #write} still wait for the socket. */
	boolean writePending();

	/**
	 * Whether {@link TransportHandler#onReadable()} is wanted; true at first. Pausing is what holds the peer back: its
	 * bytes stay in the kernel.
	 */
	void reading(boolean wanted);

	/** Puts bytes back in front of the stream, to be read first; copies them. */
	void unread(ByteBuffer bytes);

	/** Ends this direction (FIN, for TLS after close_notify) once everything taken has been sent; reading goes on. */
	void shutdownOutput();

	/** Sends what was taken, then closes. Nothing is told any more. Closing twice is harmless. */
	void close();

	/** Closes at once with a reset, so that the peer cannot take what it got for the whole. */
	void abort();

	boolean isOpen();

	InetSocketAddress localAddress();

	InetSocketAddress remoteAddress();

	/** What TLS agreed on, or null on a plain connection. */
	TlsSession tls();
}
