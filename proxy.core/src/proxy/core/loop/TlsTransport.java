package proxy.core.loop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.transport.TlsSession;

/**
 * A connection with TLS (RFC 8446), server or client side, by whatever engine it is given: its records, once {@link Handshake}
 * has made them readable.
 *
 * <p>Ciphertext goes through the loop's two buffers; a connection keeps only an incomplete record between turns.
 */
final class TlsTransport extends LoopTransport implements Handshake.Owner {

	/** Room for one record of any engine: 2^14 of plaintext and the expansion (RFC 8446 section 5.2). */
	static final int RECORD = 16 * 1024 + 2048;

	private static final Logger LOG = LoggerFactory.getLogger(TlsTransport.class);
	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

	private final Loop loop;
	/** Until it has come to an end. */
	private Handshake handshake;
	private Consumer<LoopTransport> established;
	private final Consumer<Throwable> failed;
	private SSLEngine engine;
	private TlsSession session;
	/** Ciphertext received and not yet decrypted. */
	private ByteBuffer left = NOTHING;
	/** Whether {@link #left} may hold whole records: reading stopped for want of room, not of bytes. */
	private boolean more;
	private boolean ended;
	private boolean endedByPeer;
	/** No selector tells of an end that came with the last octets. */
	private boolean endTold;
	/**
	 * Whether records are given no room at first. When there is room Conscrypt answers a close_notify, which ends the peer's
	 * direction alone (RFC 8446 section 6.1), by ending ours as well; when there is none it takes it in and ends nothing.
	 */
	private boolean noRoomAtFirst;

	/** Server side: the handshake runs as bytes come in. */
	TlsTransport(
			Wire wire,
			Function<ClientHello, SSLEngine> chooser,
			int handshakeMillis,
			Consumer<LoopTransport> established) {
		super(wire);
		loop = wire.loop();
		this.established = established;
		failed = cause -> LOG.debug("TLS handshake with {} failed: {}", wire.remote(), cause.getMessage());
		handshake = new Handshake(wire, chooser, this);
		handshake.limit(handshakeMillis);
	}

	/** Client side: {@link #begin} starts the handshake. */
	TlsTransport(Wire wire, SSLEngine engine, Consumer<LoopTransport> established, Consumer<Throwable> failed) {
		super(wire);
		loop = wire.loop();
		this.established = established;
		this.failed = failed;
		handshake = new Handshake(wire, engine, this);
	}

	/** Answers clients that speak HTTP without TLS, where it is HTTP that they came for. */
	void toPlainHttp(byte[] answer) {
		handshake.toPlainHttp(answer);
	}

	void begin() throws IOException {
		handshake.begin();
	}

	/** Octets of the handshake that have been read from the wire already. */
	void received(ByteBuffer first) {
		handshake.received(first);
	}

	@Override
	public void wireReadable() {
		if (handshake != null) {
			handshake.readable();
		} else {
			readable();
		}
	}

	@Override
	public void agreed(SSLEngine by, TlsSession on, ByteBuffer rest) {
		Consumer<LoopTransport> told = established;
		handshake = null;
		established = null;
		engine = by;
		session = on;
		left = rest;
		more = rest.hasRemaining();
		told.accept(this);
		if (isOpen()) {
			readBuffered();
		}
	}

	@Override
	public void notAgreed(Throwable cause) {
		failed.accept(cause);
	}

	@Override
	int receive(ByteBuffer target) throws IOException {
		if (ended) {
			endTold = true;
			return -1;
		}
		ByteBuffer input = loop.cipherIn();
		input.put(left);
		left = NOTHING;
		// what there is no room for would have to be kept
		input.limit(Math.min(input.capacity(), input.position() + Math.max(RECORD, target.remaining())));
		boolean end = !more && wire.read(input) < 0;
		input.flip();
		int before = target.position();
		boolean kept = more;
		boolean known = false;
		more = false;
		while (input.hasRemaining() || kept) {
			ByteBuffer room = noRoomAtFirst && !known ? NOTHING : target;
			kept = false;
			known = false;
			SSLEngineResult result = engine.unwrap(input, room);
			if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
				Handshake.runTasks(engine);
			}
			if (result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && !engine.isOutboundDone()) {
				answer();
			}
			if (result.getStatus() == Status.CLOSED || room == NOTHING && engine.isInboundDone()) {
				ended = true;
				endedByPeer = true;
				break;
			}
			if (result.getStatus() == Status.BUFFER_OVERFLOW && room == NOTHING) {
				kept = true;
				known = true;
			} else if (result.getStatus() == Status.BUFFER_OVERFLOW) {
				more = true;
				break;
			} else if (result.getStatus() == Status.BUFFER_UNDERFLOW) {
				break;
			}
		}
		// an engine may have taken in more than it had room to give
		more |= !target.hasRemaining();
		left = copy(input);
		ended |= end;
		int count = target.position() - before;
		endTold = count == 0 && ended;
		return endTold ? -1 : count;
	}

	@Override
	public boolean endedByPeer() {
		return endedByPeer;
	}

	/** Sends what the protocol owes the peer after the handshake: a key update, an alert. */
	private void answer() throws IOException {
		ByteBuffer output = loop.cipherOut();
		engine.wrap(NOTHING, output);
		wire.write(output.flip());
	}

	/** What outlives the loop's buffer. */
	static ByteBuffer copy(ByteBuffer input) {
		return input.hasRemaining() ? ByteBuffer.allocate(input.remaining()).put(input).flip() : NOTHING;
	}

	@Override
	public void endsApart() {
		noRoomAtFirst = engine.getClass().getName().startsWith("org.conscrypt.");
	}

	@Override
	boolean buffered() {
		return more || ended && !endTold;
	}

	@Override
	public boolean write(ByteBuffer source) throws IOException {
		ByteBuffer output = loop.cipherOut();
		while (source.hasRemaining()) {
			wrapped(engine.wrap(source, output));
			if (output.remaining() < RECORD) {
				wire.write(output.flip());
				output.clear();
			}
		}
		return wire.write(output.flip());
	}

	@Override
	public boolean write(ByteBuffer first, ByteBuffer second, ByteBuffer third) throws IOException {
		if (second == null && third == null) {
			return write(first);
		}
		ByteBuffer empty = NOTHING;
		ByteBuffer[] sources = {first, second == null ? empty : second, third == null ? empty : third};
		ByteBuffer output = loop.cipherOut();
		while (sources[0].hasRemaining() || sources[1].hasRemaining() || sources[2].hasRemaining()) {
			wrapped(engine.wrap(sources, 0, sources.length, output));
			if (output.remaining() < RECORD) {
				wire.write(output.flip());
				output.clear();
			}
		}
		return wire.write(output.flip());
	}

	private static void wrapped(SSLEngineResult result) throws IOException {
		if (result.getStatus() != Status.OK) {
			throw new SSLException("TLS cannot send: " + result.getStatus().name().toLowerCase(Locale.ROOT));
		}
	}

	@Override
	public void shutdownOutput() {
		closeNotify();
		wire.shutdownOutput();
	}

	@Override
	public void close() {
		if (wire.isOpen() && handshake == null) {
			closeNotify();
		}
		wire.close();
	}

	private void closeNotify() {
		try {
			if (!engine.isOutboundDone()) {
				engine.closeOutbound();
				ByteBuffer output = loop.cipherOut();
				engine.wrap(NOTHING, output);
				wire.write(output.flip());
			}
		} catch (IOException gone) {
			LOG.debug("no close_notify could be sent", gone);
		}
	}

	@Override
	public void wireReleased() {
		super.wireReleased();
		if (handshake != null) {
			handshake.released();
		} else {
			release(engine, loop);
		}
	}

	/**
	 * Closes both directions of the engine: until then Conscrypt keeps native memory and two file descriptors, which only a
	 * garbage collection would free.
	 */
	static void release(SSLEngine engine, Loop loop) {
		try {
			engine.closeOutbound();
			engine.wrap(NOTHING, loop.cipherOut());
			engine.closeInbound();
		} catch (IOException withoutCloseNotify) {
			LOG.debug("closed without close_notify", withoutCloseNotify);
		}
	}

	@Override
	public void wireClosed(Throwable cause) {
		if (handshake != null) {
			failed.accept(cause);
		} else {
			super.wireClosed(cause);
		}
	}

	@Override
	public TlsSession tls() {
		return session;
	}
}
