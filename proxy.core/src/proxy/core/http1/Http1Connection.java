package proxy.core.http1;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import proxy.api.http.Failure;
import proxy.api.http.FieldSection;
import proxy.api.http.RequestHead;
import proxy.api.transport.Deadline;
import proxy.api.transport.TransportHandler;
import proxy.core.http.ClientConnection;
import proxy.core.http.Endpoint;
import proxy.core.http.Expectation;
import proxy.core.loop.LoopTransport;
import proxy.http1.MessageException;
import proxy.http1.RequestParser;

/** A client's HTTP/1.1 connection: reads requests one after the other (RFC 9112 section 9.3). */
final class Http1Connection implements TransportHandler, ClientConnection {

	/**
	 * Octets taken at once while a head is awaited: few, since what is behind a head has to be put back, but not less than a TLS
	 * record, for which some engines want room as a whole.
	 */
	private static final int HEAD_READ = 18 * 1024;

	/** How long a connection that is being closed waits for the client to take notice (RFC 9112 section 9.6). */
	private static final long LINGER_MILLIS = 2_000;

	/** How long the first request of a new connection may come when the gateway is about to end: it is on its way. */
	private static final long FIRST_MILLIS = 1_000;

	private enum State {
		/** Between requests. */
		IDLE,
		/** A part of a request's head has come. */
		HEAD,
		/** From the head's end to the response's. */
		EXCHANGE,
		/** The last response has been sent; what the client still sends is thrown away. */
		LINGER,
		/** Handed over. */
		TUNNEL,
		CLOSED
	}

	private final Endpoint endpoint;
	private final LoopTransport transport;
	private final Http1Loop shared;
	private final Deadline limit;
	private State state = State.IDLE;
	private Http1Exchange exchange;
	private int headOctets;
	/** The request's content, or null when it has none. */
	private RequestContent content;
	/** Whether the client has sent something behind the request. */
	private boolean sentAhead;
	/** Whether what the client sends cannot be read on. */
	private boolean malformed;
	/** Whether it has had a request. */
	private boolean used;

	Http1Connection(Endpoint endpoint, LoopTransport transport, Http1Loop shared) {
		this.endpoint = endpoint;
		this.transport = transport;
		this.shared = shared;
		limit = transport.loop().deadline(this::timedOut);
	}

	void open() {
		transport.handler(this);
		if (!endpoint.opened(this, transport.loop())) {
			transport.close();
			return;
		}
		transport.onClose(this::closed);
		limit.after(endpoint.draining() ? firstMillis() : endpoint.limits().headMillis());
	}

	private long firstMillis() {
		return Math.min(endpoint.limits().headMillis(), Math.max(endpoint.idleMillis(), FIRST_MILLIS));
	}

	private void closed() {
		limit.clear();
		state = State.CLOSED;
		endpoint.closed(this, transport.loop());
	}

	Endpoint endpoint() {
		return endpoint;
	}

	// --- reading

	@Override
	public void onReadable() {
		try {
			switch (state) {
				case IDLE, HEAD -> readHead();
				case EXCHANGE -> {
					if (content != null && content.isWanted()) {
						readContent();
					} else {
						readAhead();
					}
				}
				case LINGER -> {
					if (transport.read(transport.loop().scratch()) < 0) {
						transport.close();
					}
				}
				default -> transport.reading(false);
			}
		} catch (IOException gone) {
			broken(gone);
		}
	}

	private void readHead() throws IOException {
		ByteBuffer input = transport.loop().scratch().limit(HEAD_READ);
		int count = transport.read(input);
		if (count <= 0) {
			if (count < 0) {
				giveBack();
				transport.close();
			}
			return;
		}
		if (state == State.IDLE) {
			state = State.HEAD;
			exchange = shared.take();
			headOctets = 0;
			limit.after(endpoint.limits().headMillis());
		}
		FieldSection fields = exchange.request().fields();
		fields.clear(headOctets);
		byte[] bytes = fields.reserve(count);
		input.flip().get(bytes, headOctets, count);
		headOctets += count;
		try {
			int end = RequestParser.parse(exchange.request(), headOctets);
			if (end != RequestParser.INCOMPLETE) {
				if (headOctets > end) {
					transport.unread(ByteBuffer.wrap(bytes, end, headOctets - end));
				}
				checkHead(end);
				begin();
			} else if (headOctets >= endpoint.limits().headOctets()) {
				refuse(Failure.HEAD_TOO_LARGE);
			}
		} catch (MessageException malformed) {
			refuse(malformed.failure());
		}
	}

	private void checkHead(int octets) throws MessageException {
		if (octets > endpoint.limits().headOctets()) {
			throw new MessageException(Failure.HEAD_TOO_LARGE, "head too large");
		}
		if (!Expectation.isKnown(exchange.request().fields())) {
			throw new MessageException(Failure.EXPECTATION_FAILED, "unknown expectation");
		}
	}

	private void begin() {
		RequestHead head = exchange.request();
		state = State.EXCHANGE;
		used = true;
		limit.clear();
		sentAhead = false;
		content = null;
		exchange.begin(this, transport);
		if (head.hasContent()) {
			content = new RequestContent(exchange, transport);
			transport.reading(false);
		}
		endpoint.dispatcher().dispatch(exchange);
	}

	/** Answers a request that is none: the connection is of no use after it. */
	private void refuse(Failure failure) {
		state = State.EXCHANGE;
		content = null;
		malformed = true;
		exchange.request().set("", proxy.api.http.HttpVersion.HTTP_1_1, 0, 0);
		exchange.request().fields().clear();
		exchange.begin(this, transport);
		exchange.notPersistent();
		exchange.fail(failure, null);
	}

	/** During an exchange: the next request, which has to wait, or the end of the client. */
	private void readAhead() throws IOException {
		ByteBuffer input = transport.loop().scratch().limit(HEAD_READ);
		int count = transport.read(input);
		if (count < 0) {
			broken(new EOFException("the client closed the connection"));
		} else if (count > 0) {
			transport.unread(input.flip());
			transport.reading(false);
			sentAhead = true;
		}
	}

	// --- the request's content

	/** Whether nothing of the request is still to come. */
	boolean contentReceived() {
		return !malformed && (content == null || content.hasEnded());
	}

	boolean contentBegun() {
		return content != null && content.hasBegun();
	}

	/** The service wants content, for the first time or again. */
	void receive() {
		if (content == null) {
			exchange.contentEnd(null);
		} else if (!content.hasEnded()) {
			content.want();
			transport.reading(true);
			awaitContent();
		}
	}

	private void awaitContent() {
		long now = transport.loop().now();
		if (content.hasBegun() || !exchange.expectsContinue()) {
			content.pace().waiting(now);
		}
		limit.after(Math.min(endpoint.limits().stallMillis(), contentLeft(now) / 1_000_000));
	}

	/** How much longer content may be waited for, in nanoseconds. */
	private long contentLeft(long now) {
		return Math.max(0, content.pace().left(now, endpoint.limits().contentRate()));
	}

	private void contentTooSlow() {
		exchange.refused(Failure.REQUEST_TIMEOUT, new SocketTimeoutException("the client sends nothing, or too slowly"));
	}

	private void readContent() throws IOException {
		ByteBuffer input = transport.loop().scratch();
		int count = transport.read(input);
		if (count < 0) {
			broken(new EOFException("the client closed the connection before its request was complete"));
		} else if (count > 0) {
			long now = transport.loop().now();
			content.pace().came(now, count);
			if (contentLeft(now) == 0) {
				contentTooSlow();
			} else {
				limit.clear();
				deliver(input.flip());
			}
		}
	}

	private void deliver(ByteBuffer input) {
		Http1Exchange current = exchange;
		RequestContent delivered = content;
		try {
			delivered.deliver(input);
		} catch (MessageException wrong) {
			malformed = true;
			current.refused(wrong.failure(), null);
			return;
		}
		if (exchange != current || current.isEnded()) {
			return;
		}
		if (delivered.isWanted()) {
			awaitContent();
		} else {
			// paused, or complete: then the connection is watched for the client's end
			transport.reading(delivered.hasEnded());
		}
	}

	// --- the response

	/** The client does not take what is sent to it. */
	void stalled() {
		limit.after(endpoint.limits().stallMillis());
	}

	@Override
	public void onWritable() {
		if (state == State.EXCHANGE) {
			if (content != null && content.isWanted()) {
				awaitContent();
			} else {
				limit.clear();
			}
			exchange.writable();
		} else if (state == State.IDLE) {
			awaitRequest();
		} else if (state == State.LINGER) {
			limit.after(LINGER_MILLIS);
		}
	}

	/** The response is complete, or as complete as it gets. */
	void exchangeEnded(boolean persistent) {
		giveBack();
		if (!persistent || !contentReceived()) {
			linger();
		} else {
			state = State.IDLE;
			if (transport.writePending()) {
				// the next request waits until this response is out; limit: the stall's
				transport.reading(false);
			} else {
				awaitRequest();
			}
		}
	}

	private void awaitRequest() {
		long millis = endpoint.idleMillis();
		if (millis > 0) {
			limit.after(millis);
			transport.reading(true);
		} else {
			transport.close();
		}
	}

	private void giveBack() {
		if (exchange != null) {
			shared.rest(exchange);
			exchange = null;
		}
	}

	/** Closes in a way that lets the client read the response although it is still sending. */
	private void linger() {
		if (contentReceived() && !sentAhead && !transport.writePending()) {
			transport.close();
			return;
		}
		state = State.LINGER;
		transport.shutdownOutput();
		transport.reading(true);
		if (transport.writePending()) {
			stalled();
		} else {
			limit.after(LINGER_MILLIS);
		}
	}

	/** Ends in the middle of a response, so that the client sees that it is not whole. */
	void breakOff() {
		giveBack();
		transport.abort();
	}

	// --- trouble

	/** The client is gone. */
	void broken(Throwable cause) {
		Http1Exchange current = exchange;
		boolean inProgress = state == State.EXCHANGE;
		transport.abort();
		if (inProgress && current != null) {
			current.abandon(Failure.CLIENT_GONE, cause);
		}
		giveBack();
	}

	@Override
	public void onClosed(Throwable cause) {
		Http1Exchange current = exchange;
		if (current != null && !current.isEnded()) {
			current.abandon(Failure.CLIENT_GONE, cause);
		}
		giveBack();
	}

	private void timedOut() {
		if (transport.writePending() && transport.moved()) {
			// slow, but taking
			stalled();
			return;
		}
		switch (state) {
			case HEAD -> refuse(Failure.REQUEST_TIMEOUT);
			case EXCHANGE -> {
				if (transport.writePending()) {
					exchange.abandon(Failure.CLIENT_STALLED, new SocketTimeoutException("the client takes nothing"));
					breakOff();
				} else {
					contentTooSlow();
				}
			}
			default -> {
				giveBack();
				if (transport.writePending()) {
					transport.abort();
				} else {
					transport.close();
				}
			}
		}
	}

	// --- upgrade, drain

	void upgraded() {
		state = State.TUNNEL;
		limit.clear();
	}

	void tunnelEnded() {
		giveBack();
	}

	@Override
	public void drain(long idleMillis) {
		if (state == State.TUNNEL) {
			transport.leaveTunnel();
		} else if (exchange != null) {
			exchange.notPersistent();
		} else if (state == State.IDLE && !transport.writePending()) {
			// a request that has come already is answered
			onReadable();
			if (state == State.IDLE && !used) {
				limit.after(firstMillis());
			} else if (state == State.IDLE) {
				awaitRequest();
			}
		}
	}

	@Override
	public void abort() {
		IOException cause = new IOException("the listener has been closed");
		if (state == State.EXCHANGE) {
			broken(cause);
		} else if (state == State.TUNNEL) {
			transport.cutTunnel(cause);
		} else {
			transport.abort();
		}
	}
}
