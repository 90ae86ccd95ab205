package proxy.core.http2;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import proxy.api.http.Failure;
import proxy.api.http.FieldSection;
import proxy.api.http.HttpVersion;
import proxy.api.http.RequestHead;
import proxy.api.transport.Deadline;
import proxy.api.transport.TransportHandler;
import proxy.core.http.Endpoint;
import proxy.core.http.HttpConnection;
import proxy.core.http.Limits;
import proxy.core.loop.LoopTransport;

/** A client's HTTP/2 connection (RFC 9113): what becomes of each frame, and of the streams. */
final class Http2Connection implements TransportHandler, HttpConnection {

	private static final int MAX_STREAMS = 128;
	private static final int WINDOW = 1024 * 1024;

	/** How long a connection that is being closed waits for the client to take notice. */
	private static final long LINGER_MILLIS = 2_000;

	private static final int LINGER_OCTETS = 1024 * 1024;
	/** How long the rest of a request that has been answered may come. */
	private static final long UNNEEDED_MILLIS = 100;

	private static final long CHECK_MILLIS = 2_000;

	private static final int HEADER_TABLE_SIZE = 1;
	private static final int ENABLE_PUSH = 2;
	private static final int MAX_CONCURRENT_STREAMS = 3;
	private static final int INITIAL_WINDOW_SIZE = 4;
	private static final int MAX_FRAME_SIZE = 5;
	private static final int MAX_HEADER_LIST_SIZE = 6;
	/** RFC 9218 section 2.1. */
	private static final int NO_RFC7540_PRIORITIES = 9;

	private enum State {
		OPEN,
		/** GOAWAY has been sent, and what is in progress goes on. */
		DRAINING,
		/** Everything has been sent; what the client still sends is thrown away. */
		LINGER,
		CLOSED
	}

	private final Endpoint endpoint;
	private final LoopTransport transport;
	private final Http2Loop shared;
	private final Deadline limit;
	private final Tolerance tolerance = new Tolerance();
	private final Streams streams = new Streams();
	private final HpackDecoder decoder = new HpackDecoder();
	private final FrameReader reader;
	private final FrameWriter writer;
	private final OutputSchedule schedule;
	private State state = State.OPEN;
	private int clientWindow = OutputSchedule.INITIAL_WINDOW;
	private int window = WINDOW;
	private int consumed;
	private long idleSince;
	private long insideHeadSince;
	private long congestedSince;
	private boolean checking;
	private boolean resetting;
	private int lingered;

	Http2Connection(Endpoint endpoint, LoopTransport transport, Http2Loop shared) {
		this.endpoint = endpoint;
		this.transport = transport;
		this.shared = shared;
		reader = new FrameReader(this, shared, endpoint.limits().headOctets() + Frame.MAX_PAYLOAD);
		writer = new FrameWriter(this, transport, shared);
		schedule = new OutputSchedule(writer, tolerance);
		limit = transport.loop().deadline(this::check);
	}

	void open() {
		transport.handler(this);
		if (!endpoint.opened(this, transport.loop())) {
			transport.close();
			return;
		}
		transport.onClose(this::closed);
		writer.settings(
				MAX_CONCURRENT_STREAMS, MAX_STREAMS,
				INITIAL_WINDOW_SIZE, StreamInput.WINDOW,
				MAX_HEADER_LIST_SIZE, endpoint.limits().headOctets(),
				NO_RFC7540_PRIORITIES, 1);
		writer.windowUpdate(0, WINDOW - OutputSchedule.INITIAL_WINDOW);
		idleSince = now();
		insideHeadSince = now();
		checkSoon();
	}

	private void closed() {
		state = State.CLOSED;
		limit.clear();
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

	private long now() {
		return transport.loop().now();
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
			int count = transport.read(input);
			if (count < 0) {
				ended();
				return;
			}
			reader.read(input.flip());
			insideHead();
		} catch (Http2Exception violation) {
			fail(violation);
		} catch (IOException gone) {
			broken(gone);
		}
	}

	boolean isReading() {
		return state == State.OPEN || state == State.DRAINING;
	}

	private void insideHead() {
		if (!reader.isInsideHead()) {
			insideHeadSince = 0;
		} else if (insideHeadSince == 0) {
			insideHeadSince = now();
			checkSoon();
		}
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

	private void strain() throws Http2Exception {
		if (!tolerance.bears(now())) {
			throw new Http2Exception(ErrorCode.ENHANCE_YOUR_CALM, "too much of what costs the client nothing");
		}
	}

	private void companion() throws Http2Exception {
		if (!tolerance.bearsCompanion()) {
			strain();
		}
	}

	// --- frames of streams

	void headers(int stream, byte[] block, int length, boolean ends, boolean selfDependent) throws Http2Exception {
		if ((stream & 1) == 0) {
			throw Http2Exception.protocol("a client's stream with an even number");
		}
		Http2Exchange exchange = streams.get(stream);
		if (exchange != null) {
			trailers(exchange, block, length, ends);
		} else if (stream <= streams.last()) {
			decodeForTheTable(block, length);
			late(stream);
		} else if (state == State.DRAINING || streams.count() >= MAX_STREAMS || selfDependent) {
			decodeForTheTable(block, length);
			if (state == State.OPEN) {
				streams.last(stream);
				streamError(stream, selfDependent ? ErrorCode.PROTOCOL_ERROR : ErrorCode.REFUSED_STREAM);
			}
		} else {
			streams.last(stream);
			tolerance.expectCompanions();
			request(stream, block, length, ends);
		}
	}

	private void decodeForTheTable(byte[] block, int length) throws Http2Exception {
		shared.head().beginNothing(endpoint.limits().headOctets());
		decoder.decode(block, length, shared.head());
	}

	/** HEADERS for a stream that is closed. */
	private void late(int stream) throws Http2Exception {
		if (streams.wasReset(stream)) {
			strain();
			return;
		}
		throw streams.wasOpen(stream)
				? new Http2Exception(ErrorCode.STREAM_CLOSED, "fields on a closed stream")
				: Http2Exception.protocol("streams are not opened in order");
	}

	private void request(int stream, byte[] block, int length, boolean ends) throws Http2Exception {
		Http2Exchange exchange = shared.take();
		RequestHead head = exchange.request();
		HeadBlock fields = shared.head();
		fields.beginRequest(head.fields(), endpoint.limits().headOctets());
		decoder.decode(block, length, fields);
		Failure failure = fields.request(head, ends);
		if (failure != null) {
			head.set("", HttpVersion.HTTP_2, 0, 0);
			head.fields().clear();
			head.contentLength(ends ? 0 : RequestHead.UNKNOWN_LENGTH);
		}
		exchange.begin(this, transport, stream, clientWindow, ends);
		streams.add(exchange);
		checkSoon();
		if (failure == null) {
			if (!exchange.input().isHeld()) {
				endpoint.dispatcher().dispatch(exchange);
			}
		} else if (failure == Failure.BAD_REQUEST) {
			streamError(stream, ErrorCode.PROTOCOL_ERROR);
		} else {
			exchange.fail(failure, null);
			strain();
		}
	}

	private void trailers(Http2Exchange exchange, byte[] block, int length, boolean ends) throws Http2Exception {
		FieldSection trailers = new FieldSection();
		HeadBlock fields = shared.head();
		fields.beginTrailers(trailers, endpoint.limits().headOctets());
		decoder.decode(block, length, fields);
		if (exchange.input().isEnded()) {
			streamError(exchange.stream(), ErrorCode.STREAM_CLOSED);
		} else if (!ends || !fields.isTrailers() || !exchange.input().arrived(trailers)) {
			streamError(exchange.stream(), ErrorCode.PROTOCOL_ERROR);
		} else {
			arrived(exchange);
		}
	}

	private void arrived(Http2Exchange exchange) {
		if (exchange.input().isReleased()) {
			endpoint.dispatcher().dispatch(exchange);
		} else if (exchange.input().isEnded() && exchange.output().isEnded()) {
			close(exchange, false);
		}
	}

	/** @param length what counts against the windows: with padding */
	void data(int stream, ByteBuffer content, int length, boolean ends) throws Http2Exception {
		if (!content.hasRemaining() && !ends) {
			strain();
		}
		window -= length;
		if (window < 0) {
			throw new Http2Exception(ErrorCode.FLOW_CONTROL_ERROR, "more than the connection's window");
		}
		Http2Exchange exchange = streams.get(stream);
		if (exchange == null || exchange.input().isEnded() || !exchange.input().reserve(length)) {
			consumed(length);
			requireNotIdle(stream);
			if (exchange != null && !exchange.input().isEnded()) {
				streamError(stream, ErrorCode.FLOW_CONTROL_ERROR);
			} else if (!streams.wasReset(stream)) {
				streamError(stream, ErrorCode.STREAM_CLOSED);
			}
			return;
		}
		int padding = length - content.remaining();
		exchange.input().skipped(padding);
		consumed(padding);
		if (exchange.input().arrived(content, ends)) {
			arrived(exchange);
		} else {
			streamError(stream, ErrorCode.PROTOCOL_ERROR);
		}
	}

	private void requireNotIdle(int stream) throws Http2Exception {
		if (stream > streams.last() || (stream & 1) == 0) {
			throw Http2Exception.protocol("a frame on an idle stream");
		}
	}

	/** RST_STREAM has come. */
	void reset(int stream) throws Http2Exception {
		requireNotIdle(stream);
		strain();
		Http2Exchange exchange = streams.get(stream);
		if (exchange != null) {
			exchange.abandoned(Failure.CLIENT_GONE, new EOFException("the client reset the stream"));
			close(exchange, false);
		}
	}

	/** The client has erred on the stream (RFC 9113 section 5.4.2). */
	void streamError(int stream, int code) throws Http2Exception {
		Http2Exchange exchange = streams.get(stream);
		writer.reset(stream, code);
		if (exchange != null) {
			exchange.abandoned(Failure.BAD_REQUEST, new IOException("the client broke the rules of HTTP/2"));
			close(exchange, true);
		} else {
			streams.closed(stream, true);
		}
		strain();
	}

	void windowUpdate(int stream, int increment) throws Http2Exception {
		companion();
		if (stream == 0) {
			if (increment == 0) {
				throw Http2Exception.protocol("a window update by nothing");
			}
			schedule.open(increment);
			return;
		}
		requireNotIdle(stream);
		Http2Exchange exchange = streams.get(stream);
		if (exchange == null) {
			return;
		}
		if (increment == 0) {
			streamError(stream, ErrorCode.PROTOCOL_ERROR);
		} else if (exchange.output().open(increment)) {
			schedule.run();
		} else {
			streamError(stream, ErrorCode.FLOW_CONTROL_ERROR);
		}
	}

	// --- frames of the connection

	void settings(ByteBuffer payload) throws Http2Exception {
		strain();
		int opened = clientWindow;
		while (payload.hasRemaining()) {
			int identifier = payload.getShort() & 0xFFFF;
			int value = payload.getInt();
			switch (identifier) {
				case HEADER_TABLE_SIZE -> {
					if (value >= 0 && value < DynamicTable.MAX_OCTETS) {
						writer.tableSizeChanged();
					}
				}
				case ENABLE_PUSH -> require(value == 0 || value == 1, ErrorCode.PROTOCOL_ERROR);
				case INITIAL_WINDOW_SIZE -> {
					require(value >= 0, ErrorCode.FLOW_CONTROL_ERROR);
					opened = value;
				}
				case MAX_FRAME_SIZE ->
						require(value >= Frame.MAX_PAYLOAD && value < 1 << 24, ErrorCode.PROTOCOL_ERROR);
				default -> {
					// nothing that would change what is sent
				}
			}
		}
		writer.settingsAck();
		if (opened != clientWindow) {
			resize(opened);
		}
	}

	private static void require(boolean condition, int code) throws Http2Exception {
		if (!condition) {
			throw new Http2Exception(code, "a setting out of its range");
		}
	}

	private void resize(int newWindow) throws Http2Exception {
		int difference = newWindow - clientWindow;
		clientWindow = newWindow;
		for (Http2Exchange exchange : streams.open()) {
			require(exchange.output().open(difference), ErrorCode.FLOW_CONTROL_ERROR);
		}
		schedule.run();
	}

	void ping(long data, boolean answer) throws Http2Exception {
		strain();
		if (!answer) {
			writer.ping(data, true);
		}
	}

	void goingAway() throws Http2Exception {
		strain();
		drain();
	}

	/** A frame that means nothing here. */
	void unknown() throws Http2Exception {
		companion();
	}

	// --- content

	/** Octets of content have been used up, or thrown away: the client may send as many more. */
	void consumed(int octets) {
		consumed += octets;
		if (consumed >= WINDOW / 2 && isReading()) {
			writer.windowUpdate(0, consumed);
			window += consumed;
			consumed = 0;
		}
	}

	/** The service has used up a stream's content. */
	void opened(int stream, int octets) {
		writer.windowUpdate(stream, octets);
	}

	@Override
	public void onWritable() {
		writer.writable();
		congestedSince = 0;
		schedule.run();
	}

	/** The client does not take what is sent to it. */
	void congested() {
		if (congestedSince == 0) {
			congestedSince = now();
			checkSoon();
		}
	}

	// --- the end of a stream

	/** The whole response is on its way. */
	void responseSent(Http2Exchange exchange) {
		if (exchange.input().isEnded()) {
			close(exchange, false);
		} else {
			// some clients do not read a response when RST_STREAM comes with it
			exchange.input().unneeded();
			if (!resetting) {
				resetting = true;
				checking = true;
				limit.after(UNNEEDED_MILLIS + 1);
			}
		}
	}

	/** Content of the stream could not be kept: it ends, but not from here, since a service may be in the middle of it. */
	void overloaded(int stream) {
		transport.loop().execute(() -> {
			Http2Exchange exchange = streams.get(stream);
			if (exchange != null && exchange.isEnded()) {
				brokenOff(exchange);
			} else if (exchange != null) {
				exchange.refused(Failure.OVERLOADED, new IOException("too much content waits for slow clients"));
			}
		});
	}

	/** There will be no whole response. */
	void brokenOff(Http2Exchange exchange) {
		writer.reset(exchange.stream(), ErrorCode.INTERNAL_ERROR);
		close(exchange, true);
	}

	private void close(Http2Exchange exchange, boolean reset) {
		if (!streams.remove(exchange, reset)) {
			return;
		}
		exchange.release();
		shared.rest(exchange);
		if (streams.count() == 0) {
			idleSince = now();
			if (state == State.DRAINING) {
				// not from here: who ends the stream may be in the middle of a frame
				transport.loop().execute(this::lingerWhenDone);
			}
		}
	}

	// --- the end of the connection

	private void lingerWhenDone() {
		if (state == State.DRAINING && streams.count() == 0) {
			linger();
		}
	}

	private void fail(Http2Exception violation) {
		writer.goAway(streams.last(), violation.code());
		abandonAll(Failure.BAD_REQUEST, violation);
		linger();
	}

	/** Closes in a way that lets the client read what it was told although it is still sending. */
	private void linger() {
		writer.flush();
		if (state == State.CLOSED) {
			return;
		}
		state = State.LINGER;
		transport.shutdownOutput();
		transport.reading(true);
		limit.after(LINGER_MILLIS);
	}

	/** The client is gone. */
	void broken(Throwable cause) {
		transport.abort();
		abandonAll(Failure.CLIENT_GONE, cause);
	}

	@Override
	public void onClosed(Throwable cause) {
		abandonAll(Failure.CLIENT_GONE, cause);
	}

	private void abandonAll(Failure why, Throwable cause) {
		for (Http2Exchange exchange : streams.open()) {
			exchange.abandoned(why, cause);
			close(exchange, true);
		}
	}

	@Override
	public void drain() {
		if (state == State.OPEN) {
			state = State.DRAINING;
			writer.goAway(streams.last(), ErrorCode.NO_ERROR);
			lingerWhenDone();
		}
	}

	@Override
	public void abort() {
		broken(new IOException("the listener has been closed"));
	}

	// --- time limits

	private void checkSoon() {
		if (!checking) {
			checking = true;
			Limits limits = endpoint.limits();
			limit.after(Math.max(1, Math.min(CHECK_MILLIS, Math.min(limits.headMillis(), limits.stallMillis()) / 4)));
		}
	}

	private void check() {
		if (!isReading()) {
			transport.close();
			return;
		}
		Limits limits = endpoint.limits();
		if (isOver(insideHeadSince, limits.headMillis())) {
			fail(Http2Exception.protocol("the head takes too long"));
		} else if (isOver(congestedSince, limits.stallMillis())) {
			abandonAll(Failure.CLIENT_STALLED, new SocketTimeoutException("the client takes nothing"));
			transport.abort();
		} else {
			checkStreams(limits.stallMillis());
			checkAgain(limits);
		}
	}

	private void checkAgain(Limits limits) {
		checking = false;
		resetting = false;
		long idleMillis = (now() - idleSince) / 1_000_000;
		if (streams.count() > 0 || insideHeadSince != 0 || congestedSince != 0) {
			checkSoon();
		} else if (idleMillis >= limits.idleMillis()) {
			drain();
		} else if (isReading()) {
			limit.after(limits.idleMillis() - idleMillis);
		}
	}

	private boolean isOver(long since, long millis) {
		return since != 0 && since != Long.MAX_VALUE && now() - since > millis * 1_000_000;
	}

	private void checkStreams(long stallMillis) {
		for (Http2Exchange exchange : streams.open()) {
			if (isOver(exchange.input().unneededSince(), UNNEEDED_MILLIS)) {
				// RFC 9113 section 8.1
				writer.reset(exchange.stream(), ErrorCode.NO_ERROR);
				close(exchange, true);
			} else if (isOver(exchange.output().stalledSince(), stallMillis)) {
				exchange.abandoned(Failure.CLIENT_STALLED, new SocketTimeoutException("the client takes nothing"));
				writer.reset(exchange.stream(), ErrorCode.CANCEL);
				close(exchange, true);
			} else if (!exchange.isEnded() && isOver(exchange.input().stalledSince(), stallMillis)) {
				exchange.refused(Failure.REQUEST_TIMEOUT, new SocketTimeoutException("the client sends nothing"));
			}
		}
	}
}
