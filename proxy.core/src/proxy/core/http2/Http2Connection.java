package proxy.core.http2;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.http.Failure;
import proxy.api.transport.TransportHandler;
import proxy.core.http.ClientConnection;
import proxy.core.http.Endpoint;
import proxy.core.loop.LoopTransport;

/** A client's HTTP/2 connection (RFC 9113): its own frames, the streams that it has, and its end. */
final class Http2Connection implements TransportHandler, ClientConnection {

	private static final Logger LOG = LoggerFactory.getLogger(Http2Connection.class);

	private static final int WINDOW = 1024 * 1024;
	/** How long a client may take to answer the PING that comes with the announcement. */
	private static final int LEAVING_MILLIS = 1_000;

	private static final long LEAVING_PING = 0x6C656176696E67L;
	private static final int LINGER_OCTETS = 1024 * 1024;

	private enum State {
		OPEN,
		/** The client has been told not to open streams; those that are on their way are taken. */
		LEAVING,
		/** GOAWAY has been sent, and what is in progress goes on. */
		DRAINING,
		/** Everything has been sent; what the client still sends is thrown away. */
		LINGER,
		CLOSED
	}

	private final Endpoint endpoint;
	private final LoopTransport transport;
	private final Http2Loop shared;
	private final Tolerance tolerance = new Tolerance();
	private final Streams streams = new Streams();
	private final ClientSettings settings = new ClientSettings();
	private final FrameReader reader;
	private final FrameWriter writer;
	private final OutputSchedule schedule;
	private final TimeLimits limits;
	private State state = State.OPEN;
	private int window = WINDOW;
	private int consumed;
	private int lingered;

	Http2Connection(Endpoint endpoint, LoopTransport transport, Http2Loop shared) {
		this.endpoint = endpoint;
		this.transport = transport;
		this.shared = shared;
		reader = new FrameReader(
				this, new StreamFrames(this, shared, streams), shared, endpoint.limits().headOctets() + Frame.MAX_PAYLOAD);
		writer = new FrameWriter(this, transport, shared);
		schedule = new OutputSchedule(writer, tolerance);
		limits = new TimeLimits(this, endpoint, streams, transport.loop());
	}

	void open() {
		transport.handler(this);
		if (!endpoint.opened(this, transport.loop())) {
			transport.close();
			return;
		}
		transport.onClose(this::closed);
		writer.settings(
				ClientSettings.MAX_CONCURRENT_STREAMS, StreamFrames.MAX_STREAMS,
				ClientSettings.INITIAL_WINDOW_SIZE, StreamInput.WINDOW,
				ClientSettings.MAX_HEADER_LIST_SIZE, endpoint.limits().headOctets(),
				ClientSettings.NO_RFC7540_PRIORITIES, 1);
		writer.windowUpdate(0, WINDOW - OutputSchedule.INITIAL_WINDOW);
		limits.open();
		if (endpoint.draining()) {
			drain(endpoint.idleMillis());
		}
	}

	private void closed() {
		state = State.CLOSED;
		limits.clear();
		endpoint.closed(this, transport.loop());
	}

	Endpoint endpoint() {
		return endpoint;
	}

	Http2Loop shared() {
		return shared;
	}

	FrameWriter writer() {
		return writer;
	}

	OutputSchedule schedule() {
		return schedule;
	}

	// --- reading

	@Override
	public void onReadable() {
		try {
			if (!isReading()) {
				discard();
				return;
			}
			ByteBuffer input = reader.input();
			if (transport.read(input) < 0) {
				ended();
				return;
			}
			reader.read(input.flip());
			// after all that has come of windows: one by one they would let small frames go, and so small windows come back
			schedule.run();
			limits.insideHead(reader.isInsideHead());
		} catch (Http2Exception violation) {
			fail(violation);
		} catch (IOException gone) {
			broken(gone);
		}
	}

	/** Whether frames are of interest. */
	boolean isReading() {
		return isOpen() || state == State.DRAINING;
	}

	/** Whether new streams are. */
	boolean isOpen() {
		return state == State.OPEN || state == State.LEAVING;
	}

	private void discard() throws IOException {
		int count = state == State.LINGER ? transport.read(transport.loop().scratch()) : -1;
		if (count < 0) {
			transport.close();
			return;
		}
		lingered += count;
		if (lingered > LINGER_OCTETS) {
			transport.abort();
		}
	}

	/** The client has closed its direction. */
	private void ended() {
		if (streams.count() == 0) {
			state = State.LINGER;
			writer.flush();
			transport.close();
		} else {
			broken(new EOFException("the client closed the connection"));
		}
	}

	/** The client did something that costs it little: there is a limit to how often. */
	void strain() throws Http2Exception {
		if (!tolerance.bears(transport.loop().now())) {
			throw new Http2Exception(ErrorCode.ENHANCE_YOUR_CALM, "too much of what costs the client nothing");
		}
	}

	// --- frames of the connection

	void settings(ByteBuffer pairs) throws Http2Exception {
		strain();
		int before = settings.window();
		settings.read(pairs);
		writer.settingsAck();
		if (settings.hasSmallTable()) {
			writer.tableSizeChanged();
		}
		int opened = settings.window() - before;
		if (opened != 0) {
			for (Http2Exchange exchange : streams.open()) {
				if (!exchange.output().open(opened)) {
					throw new Http2Exception(ErrorCode.FLOW_CONTROL_ERROR, "a setting makes a window too large");
				}
			}
		}
	}

	void ping(long data, boolean answer) throws Http2Exception {
		strain();
		if (!answer) {
			writer.ping(data, true);
		} else if (data == LEAVING_PING) {
			takeNoMore();
		}
	}

	void goingAway() throws Http2Exception {
		strain();
		takeNoMore();
	}

	void windowUpdate(int increment) throws Http2Exception {
		if (increment == 0) {
			throw Http2Exception.protocol("a window update by nothing");
		}
		schedule.open(increment);
	}

	/** A frame that comes with requests and responses, or means nothing here. */
	void companion() throws Http2Exception {
		if (!tolerance.bearsCompanion()) {
			strain();
		}
	}

	// --- content

	/** A DATA frame of this length has come. */
	void received(int octets) throws Http2Exception {
		window -= octets;
		if (window < 0) {
			throw new Http2Exception(ErrorCode.FLOW_CONTROL_ERROR, "more than the connection's window");
		}
	}

	/** Octets of content have been used up, or thrown away: the client may send as many more. */
	void consumed(int octets) {
		consumed += octets;
		if (consumed >= WINDOW / 2 && isReading()) {
			writer.windowUpdate(0, consumed);
			window += consumed;
			consumed = 0;
		}
	}

	/** Whether the client may not send content, since services do not take what has come. */
	boolean holdsBack() {
		return window < Frame.MAX_PAYLOAD;
	}

	@Override
	public void onWritable() {
		writer.writable();
		limits.congested(false);
		schedule.run();
	}

	/** Whether the client has taken some of what it has to take since this was last asked. */
	boolean moved() {
		return transport.moved();
	}

	/** The client does not take what is sent to it. */
	void congested() {
		limits.congested(true);
	}

	// --- streams

	/** A request's head is complete. */
	void begin(Http2Exchange exchange, int stream, boolean inputEnded) {
		tolerance.expectCompanions();
		exchange.begin(this, transport, stream, settings.window(), inputEnded);
		streams.add(exchange);
		limits.active();
	}

	/** The whole response is on its way. */
	void responseSent(Http2Exchange exchange) {
		if (exchange.input().isEnded()) {
			close(exchange, false);
		} else {
			// some clients do not read a response when RST_STREAM comes with it
			exchange.input().unneeded();
			limits.unneeded();
		}
	}

	/** Content of the stream could not be kept: it ends, but not from here, since a service may be in the middle of it. */
	void overloaded(int stream) {
		transport.loop().execute(() -> {
			Http2Exchange exchange = streams.get(stream);
			if (exchange != null && exchange.isEnded()) {
				reset(exchange, ErrorCode.INTERNAL_ERROR);
			} else if (exchange != null) {
				exchange.refused(Failure.OVERLOADED, new IOException("too much content waits for slow clients"));
			}
		});
	}

	/** Ends a stream before its time; its service knows. */
	void reset(Http2Exchange exchange, int code) {
		writer.reset(exchange.stream(), code);
		close(exchange, true);
	}

	/** @param reset whether the client may not know yet */
	void close(Http2Exchange exchange, boolean reset) {
		if (!streams.remove(exchange, reset)) {
			return;
		}
		exchange.release();
		shared.rest(exchange);
		if (streams.count() == 0) {
			limits.idle();
			if (state == State.DRAINING) {
				// not from here: who ends the stream may be in the middle of a frame
				transport.loop().execute(this::lingerWhenDone);
			}
		}
	}

	// --- the end

	/** RFC 9113 section 6.8: first an announcement; when the client has seen it, the last stream. */
	@Override
	public void drain(long idleMillis) {
		if (state == State.OPEN) {
			state = State.LEAVING;
			writer.goAway(Integer.MAX_VALUE, ErrorCode.NO_ERROR);
			writer.ping(LEAVING_PING, false);
			transport.loop().deadline(this::takeNoMore).after(LEAVING_MILLIS);
		}
	}

	private void takeNoMore() {
		if (isOpen()) {
			state = State.DRAINING;
			writer.goAway(streams.last(), ErrorCode.NO_ERROR);
			lingerWhenDone();
		}
	}

	private void lingerWhenDone() {
		if (state == State.DRAINING && streams.count() == 0) {
			linger();
		}
	}

	void fail(Http2Exception violation) {
		LOG.debug("HTTP/2 connection of {} ended with error {}: {}", transport.remoteAddress(), violation.code(), violation.getMessage());
		writer.goAway(streams.last(), violation.code());
		abandonAll(Failure.BAD_REQUEST, violation);
		linger();
	}

	/** Closes in a way that lets the client read what it was told although it is still sending. */
	private void linger() {
		writer.flush();
		if (state != State.CLOSED) {
			state = State.LINGER;
			transport.shutdownOutput();
			transport.reading(true);
			limits.linger();
		}
	}

	void lingered() {
		transport.close();
	}

	/** The client is gone. */
	void broken(Throwable cause) {
		giveUp(Failure.CLIENT_GONE, cause);
	}

	void giveUp(Failure why, Throwable cause) {
		transport.abort();
		abandonAll(why, cause);
	}

	@Override
	public void onClosed(Throwable cause) {
		abandonAll(Failure.CLIENT_GONE, cause);
	}

	private void abandonAll(Failure why, Throwable cause) {
		for (Http2Exchange exchange : streams.open()) {
			exchange.abandon(why, cause);
			close(exchange, true);
		}
	}

	@Override
	public void abort() {
		broken(new IOException("the listener has been closed"));
	}
}
