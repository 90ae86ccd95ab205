package proxy.core.loop;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.concurrent.RejectedExecutionException;
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
 * The handshake of a connection with TLS (RFC 8446 section 4), until its engine can do records or the connection is closed. As a
 * server it reads the ClientHello first and has the engine chosen by it. On the connection's loop, but for what engines without native
 * code calculate with keys.
 */
final class Handshake {

	/** Who is told of its end, once. */
	interface Owner {

		/** @param rest ciphertext of records that has come already */
		void agreed(SSLEngine engine, TlsSession session, ByteBuffer rest);

		/** The wire has been closed. */
		void notAgreed(Throwable cause);
	}

	private static final Logger LOG = LoggerFactory.getLogger(Handshake.class);
	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

	private final Wire wire;
	private final Loop loop;
	private final Owner owner;
	private final Deadline limit;
	private Function<ClientHello, SSLEngine> chooser;
	private SSLEngine engine;
	private String serverName = "";
	/** Whether this is a server that has not answered its client yet. */
	private boolean silent;
	/** What a client gets that speaks HTTP without TLS, or null. */
	private byte[] toPlainHttp;
	private boolean tasksRunning;
	/** Octets received that the engine has not taken yet. */
	private ByteBuffer left = NOTHING;

	private Handshake(Wire wire, Owner owner) {
		this.wire = wire;
		this.owner = owner;
		loop = wire.loop();
		limit = loop.deadline(() -> failed(new SSLException("the TLS handshake took too long")));
	}

	/** As a server. */
	Handshake(Wire wire, Function<ClientHello, SSLEngine> chooser, Owner owner) {
		this(wire, owner);
		this.chooser = chooser;
		silent = true;
	}

	/** As a client: {@link #begin} starts it. */
	Handshake(Wire wire, SSLEngine engine, Owner owner) {
		this(wire, owner);
		this.engine = engine;
	}

	void limit(int millis) {
		limit.after(millis);
	}

	void toPlainHttp(byte[] answer) {
		toPlainHttp = answer;
	}

	void begin() throws IOException {
		engine.beginHandshake();
		proceed(NOTHING);
	}

	/** Octets that have been read from the wire already. */
	void received(ByteBuffer first) {
		if (first.hasRemaining()) {
			left = TlsTransport.copy(first);
			readable();
		}
	}

	void readable() {
		try {
			ByteBuffer input = takeLeft();
			boolean end = wire.read(input) < 0;
			input.flip();
			if (end && !input.hasRemaining()) {
				throw new EOFException("closed during the TLS handshake");
			}
			boolean going = take(input);
			if (end && going && wire.isOpen()) {
				throw new EOFException("closed during the TLS handshake");
			}
		} catch (IOException | RuntimeException broken) {
			failed(broken);
		}
	}

	/** The loop's buffer with what is left in it, to be filled up. */
	private ByteBuffer takeLeft() {
		ByteBuffer input = loop.cipherIn();
		input.put(left);
		left = NOTHING;
		return input;
	}

	/** @return whether it is still going on */
	private boolean take(ByteBuffer input) throws IOException {
		if (engine == null && !choose(input) || tasksRunning) {
			left = TlsTransport.copy(input);
			return true;
		}
		return proceed(input);
	}

	/** @return whether the ClientHello is there, and so an engine */
	private boolean choose(ByteBuffer input) throws IOException {
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
			return false;
		}
		serverName = hello.serverName();
		engine = chooser.apply(hello);
		chooser = null;
		if (engine == null) {
			throw new HandshakeRefusal(HandshakeRefusal.UNRECOGNIZED_NAME,
					"no certificate for " + (serverName.isEmpty() ? "a client without SNI" : serverName));
		}
		engine.beginHandshake();
		return true;
	}

	/** @return whether it is still going on: something has to come, or to be calculated */
	private boolean proceed(ByteBuffer input) throws IOException {
		HandshakeStatus status = engine.getHandshakeStatus();
		while (true) {
			switch (status) {
				case NEED_WRAP -> status = wrap();
				case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
					SSLEngineResult result = engine.unwrap(input, loop.scratch());
					if (result.getStatus() == Status.BUFFER_UNDERFLOW) {
						left = TlsTransport.copy(input);
						return true;
					}
					if (result.getStatus() == Status.CLOSED) {
						throw new SSLException("the peer ended the TLS handshake");
					}
					status = result.getHandshakeStatus();
				}
				case NEED_TASK -> {
					left = TlsTransport.copy(input);
					calculate();
					return true;
				}
				default -> {
					limit.clear();
					owner.agreed(engine, session(), TlsTransport.copy(input));
					return false;
				}
			}
		}
	}

	private HandshakeStatus wrap() throws IOException {
		ByteBuffer output = loop.cipherOut();
		SSLEngineResult result;
		do {
			result = engine.wrap(NOTHING, output);
		} while (result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP
				&& result.getStatus() == Status.OK
				&& output.remaining() > TlsTransport.RECORD);
		silent = false;
		wire.write(output.flip());
		if (result.getStatus() == Status.CLOSED) {
			throw new SSLException("the TLS handshake was refused");
		}
		return result.getHandshakeStatus();
	}

	private void calculate() {
		tasksRunning = true;
		wire.reading(false);
		try {
			loop.loops().handshakeTasks().execute(() -> {
				runTasks(engine);
				loop.execute(this::calculated);
			});
		} catch (RejectedExecutionException overloaded) {
			failed(new SSLException("too many TLS handshakes at once"));
		}
	}

	static void runTasks(SSLEngine engine) {
		Runnable task;
		while ((task = engine.getDelegatedTask()) != null) {
			task.run();
		}
	}

	private void calculated() {
		tasksRunning = false;
		if (!wire.isOpen()) {
			return;
		}
		wire.reading(true);
		try {
			proceed(takeLeft().flip());
		} catch (IOException | RuntimeException broken) {
			failed(broken);
		}
	}

	private TlsSession session() {
		SSLSession agreed = engine.getSession();
		String protocol = engine.getApplicationProtocol();
		return new TlsSession(
				agreed.getProtocol(), agreed.getCipherSuite(), serverName.toLowerCase(Locale.ROOT), protocol == null ? "" : protocol);
	}

	private void failed(Throwable cause) {
		limit.clear();
		if (!wire.isOpen()) {
			return;
		}
		sendAlert(cause);
		wire.close();
		owner.notAgreed(cause);
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

	/** The wire is closed, by whomever. */
	void released() {
		limit.clear();
		if (engine != null) {
			TlsTransport.release(engine, loop);
		}
	}
}
