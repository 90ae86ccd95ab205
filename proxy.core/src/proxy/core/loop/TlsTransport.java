package proxy.core.loop;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.transport.Deadline;
import proxy.api.transport.TlsSession;

/**
 * A connection with TLS (RFC 8446), server or client side, by whatever engine it is given. As a server it reads the
 * ClientHello first and has the engine chosen by it.
 *
 * <p>Ciphertext goes through the loop's two buffers; a connection keeps only an incomplete record between turns.
 */
final class TlsTransport extends LoopTransport {

	private static final Logger LOG = LoggerFactory.getLogger(TlsTransport.class);
	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
	/** Room for one record of any engine: 2^14 of plaintext and the expansion (RFC 8446 section 5.2). */
	private static final int RECORD = 16 * 1024 + 2048;

	private final Loop loop;
	private final Consumer<LoopTransport> established;
	private final Consumer<Throwable> failed;
	private final Deadline limit;
	private Function<ClientHello, SSLEngine> chooser;
	private SSLEngine engine;
	private String serverName = "";
	private boolean handshaking = true;
	/** Whether this is a server that has not answered its client yet. */
	private boolean silent;
	/** What a client gets that speaks HTTP without TLS, or null. */
	private byte[] toPlainHttp;
	private boolean tasksRunning;
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
	private TlsSession session;

	/** Server side: the handshake runs as bytes come in. */
	TlsTransport(
			Wire wire,
			Function<ClientHello, SSLEngine> chooser,
			int handshakeMillis,
			Consumer<LoopTransport> established) {
		super(wire);
		loop = wire.loop();
		this.chooser = chooser;
		this.established = established;
		failed = cause -> LOG.debug("TLS handshake with {} failed: {}", wire.remote(), cause.getMessage());
		limit = loop.deadline(() -> handshakeFailed(new SSLException("the TLS handshake took too long")));
		limit.after(handshakeMillis);
		silent = true;
	}

	/** Answers clients that speak HTTP without TLS, where it is HTTP that they came for. */
	void toPlainHttp(byte[] answer) {
		toPlainHttp = answer;
	}

	/** Client side: {@link #begin} starts the handshake. */
	TlsTransport(Wire wire, SSLEngine engine, Consumer<LoopTransport> established, Consumer<Throwable> failed) {
		super(wire);
		loop = wire.loop();
		this.engine = engine;
		this.established = established;
		this.failed = failed;
		limit = loop.deadline(() -> {});
	}

	void begin() throws IOException {
		engine.beginHandshake();
		handshake(NOTHING);
	}

	/** Octets of the handshake that have been read from the wire already. */
	void received(ByteBuffer first) {
		if (first.hasRemaining()) {
			keep(first);
			wireReadable();
		}
	}

	@Override
	public void wireReadable() {
		if (handshaking) {
			try {
				ByteBuffer input = loop.cipherIn();
				input.put(left);
				left = NOTHING;
				boolean end = wire.read(input) < 0;
				input.flip();
				if (end && !input.hasRemaining()) {
					throw new EOFException("closed during the TLS handshake");
				}
				handshakeInput(input);
				if (end && handshaking && isOpen()) {
					throw new EOFException("closed during the TLS handshake");
				}
			} catch (IOException | RuntimeException broken) {
				handshakeFailed(broken);
			}
		} else {
			readable();
		}
	}

	private void handshakeInput(ByteBuffer input) throws IOException {
		if (engine == null) {
			if (toPlainHttp != null && ClientHello.isText(input)) {
				wire.write(ByteBuffer.wrap(toPlainHttp));
				silent = false;
				throw new SSLException("HTTP without TLS");
			}
			ClientHello hello = ClientHello.peek(input);
			if (hello == null) {
				if (input.remaining() > ClientHello.MAX) {
					throw new SSLException("the ClientHello is too large");
				}
				keep(input);
				return;
			}
			serverName = hello.serverName();
			engine = chooser.apply(hello);
			chooser = null;
			if (engine == null) {
				throw new HandshakeRefusal(HandshakeRefusal.UNRECOGNIZED_NAME,
						"no certificate for " + (serverName.isEmpty() ? "a client without SNI" : serverName));
			}
			engine.beginHandshake();
		}
		if (tasksRunning) {
			keep(input);
		} else {
			handshake(input);
		}
	}

	private void handshake(ByteBuffer input) throws IOException {
		HandshakeStatus status = engine.getHandshakeStatus();
		while (true) {
			switch (status) {
				case NEED_WRAP -> status = wrapHandshake();
				case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
					SSLEngineResult result = engine.unwrap(input, loop.scratch());
					if (result.getStatus() == Status.BUFFER_UNDERFLOW) {
						keep(input);
						return;
					}
					if (result.getStatus() == Status.CLOSED) {
						throw new SSLException("the peer ended the TLS handshake");
					}
					status = result.getHandshakeStatus();
				}
				case NEED_TASK -> {
					keep(input);
					runTasks();
					return;
				}
				default -> {
					keep(input);
					finish();
					return;
				}
			}
		}
	}

	private HandshakeStatus wrapHandshake() throws IOException {
		ByteBuffer output = loop.cipherOut();
		SSLEngineResult result;
		do {
			result = engine.wrap(NOTHING, output);
		} while (result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP
				&& result.getStatus() == Status.OK
				&& output.remaining() > RECORD);
		silent = false;
		wire.write(output.flip());
		if (result.getStatus() == Status.CLOSED) {
			throw new SSLException("the TLS handshake was refused");
		}
		return result.getHandshakeStatus();
	}

	private void runTasks() {
		tasksRunning = true;
		wire.reading(false);
		try {
			loop.loops().handshakeTasks().execute(() -> {
				Runnable task;
				while ((task = engine.getDelegatedTask()) != null) {
					task.run();
				}
				loop.execute(this::tasksDone);
			});
		} catch (RejectedExecutionException overloaded) {
			handshakeFailed(new SSLException("too many TLS handshakes at once"));
		}
	}

	private void tasksDone() {
		tasksRunning = false;
		if (!wire.isOpen()) {
			return;
		}
		wire.reading(true);
		try {
			ByteBuffer input = loop.cipherIn();
			input.put(left).flip();
			left = NOTHING;
			handshake(input);
		} catch (IOException | RuntimeException broken) {
			handshakeFailed(broken);
		}
	}

	private void finish() {
		handshaking = false;
		limit.clear();
		SSLSession agreed = engine.getSession();
		String protocol = engine.getApplicationProtocol();
		session = new TlsSession(
				agreed.getProtocol(), agreed.getCipherSuite(), serverName.toLowerCase(Locale.ROOT), protocol == null ? "" : protocol);
		more = left.hasRemaining();
		established.accept(this);
		if (isOpen()) {
			readBuffered();
		}
	}

	private void handshakeFailed(Throwable cause) {
		limit.clear();
		if (!wire.isOpen()) {
			return;
		}
		sendAlert(cause);
		wire.close();
		failed.accept(cause);
	}

	/** What the engine has to say about its failure; a client that nobody has answered yet is told in any case. */
	private void sendAlert(Throwable cause) {
		try {
			ByteBuffer output = loop.cipherOut();
			if (engine != null && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
				engine.wrap(NOTHING, output);
			}
			if (silent && output.position() == 0) {
				HandshakeRefusal.putAlert(output, cause);
			}
			wire.write(output.flip());
		} catch (IOException | RuntimeException beyondHelp) {
			LOG.debug("no alert could be sent", beyondHelp);
		}
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
				runTasksInline();
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
		keep(input);
		ended |= end;
		int count = target.position() - before;
		endTold = count == 0 && ended;
		return endTold ? -1 : count;
	}

	@Override
	public boolean endedByPeer() {
		return endedByPeer;
	}

	private void runTasksInline() {
		Runnable task;
		while ((task = engine.getDelegatedTask()) != null) {
			task.run();
		}
	}

	/** Sends what the protocol owes the peer after the handshake: a key update, an alert. */
	private void answer() throws IOException {
		ByteBuffer output = loop.cipherOut();
		engine.wrap(NOTHING, output);
		wire.write(output.flip());
	}

	private void keep(ByteBuffer input) {
		left = input.hasRemaining() ? ByteBuffer.allocate(input.remaining()).put(input).flip() : NOTHING;
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
		if (wire.isOpen() && !handshaking) {
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

	/**
	 * Closes both directions of the engine: until then Conscrypt keeps native memory and two file descriptors, which only a
	 * garbage collection would free.
	 */
	@Override
	public void wireReleased() {
		limit.clear();
		if (engine == null) {
			return;
		}
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
		limit.clear();
		if (handshaking) {
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
