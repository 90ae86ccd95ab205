package proxy.upstream.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import proxy.api.http.Failure;
import proxy.api.http.Field;
import proxy.api.http.FieldSection;
import proxy.api.http.HttpExchange;
import proxy.api.http.HttpVersion;
import proxy.api.http.RequestHead;
import proxy.api.http.ResponseHead;
import proxy.api.transport.Deadline;
import proxy.api.transport.EventLoop;
import proxy.api.transport.Transport;
import proxy.api.transport.TransportHandler;
import proxy.http1.ContentLength;
import proxy.http1.MessageContent;
import proxy.http1.MessageException;
import proxy.http1.MessageWriter;
import proxy.http1.ResponseParser;

/** HTTP/1.1 towards an upstream on one connection: one exchange after the other, idle in its target's stack between. */
final class UpstreamConnection implements TransportHandler {

	private static final int MAX_INTERIM = 64;
	private static final long LOOK_MILLIS = 2_000;
	/** A chunk of the request up to this goes out in one buffer with its size: a copy is cheaper than more system calls. */
	private static final int COPY = 16 * 1024;
	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

	private enum State {
		IDLE,
		/** Until the final response's head. */
		HEAD,
		CONTENT,
		CLOSED
	}

	private final Target target;
	private final Transport transport;
	private final EventLoop loop;
	private final ProxyLoop shared;
	private final Deadline limit;
	private final Presence presence;
	private HttpProxyService.Config config;
	private State state = State.IDLE;
	private Forwarding forwarding;
	private HttpExchange exchange;
	/** {@link EventLoop#now()} at which the response has to have begun. */
	private long responseDue;
	private boolean reused;
	private boolean upgrade;
	private boolean requestSent;
	private boolean chunkedRequest;
	private boolean persistent;
	private int interim;
	private final HeadReader heads = new HeadReader();
	private final MessageContent content = new MessageContent();

	UpstreamConnection(Target target, Transport transport, HttpProxyService.Config config, ProxyLoop shared) {
		this.target = target;
		this.transport = transport;
		this.config = config;
		this.shared = shared;
		loop = transport.loop();
		limit = loop.deadline(this::timedOut);
		presence = new Presence(target, loop);
		transport.handler(this);
	}

	// --- the request

	/** @param current the service's settings, which hold for this exchange and the pause after it */
	void begin(Forwarding by, HttpExchange newExchange, HttpProxyService.Config current) throws IOException {
		config = current;
		forwarding = by;
		exchange = newExchange;
		state = State.HEAD;
		interim = 0;
		heads.reset();
		RequestHead head = exchange.request();
		upgrade = exchange.wantsUpgrade();
		chunkedRequest = head.contentLength() == RequestHead.UNKNOWN_LENGTH;
		requestSent = !head.hasContent();
		ByteBuffer out = shared.output(RequestWriter.limit(head));
		RequestWriter.write(out, exchange, shared, target.upstream().name(), upgrade);
		transport.write(out.flip());
		awaitHead();
	}

	/** Limits the time until the response begins; now and then it is seen to whether the upstream is still there. */
	private void awaitHead() {
		responseDue = loop.now() + config.response_timeout_ms() * 1_000_000;
		limit.after(Math.min(config.response_timeout_ms(), LOOK_MILLIS));
	}

	boolean sendContent(ByteBuffer chunk) {
		try {
			if (state == State.HEAD) {
				awaitHead();
			} else {
				limit.after(config.idle_timeout_ms());
			}
			if (!chunkedRequest) {
				return transport.write(chunk);
			}
			ByteBuffer out = shared.output();
			MessageWriter.chunkSize(out, chunk.remaining());
			if (chunk.remaining() <= COPY) {
				return transport.write(out.put(chunk).put(MessageWriter.CRLF).flip());
			}
			transport.write(out.flip());
			transport.write(chunk);
			return transport.write(ByteBuffer.wrap(MessageWriter.CRLF));
		} catch (IOException broken) {
			brokenWhileSending(broken);
			return true;
		}
	}

	void endContent(FieldSection trailers) {
		requestSent = true;
		if (!chunkedRequest) {
			return;
		}
		ByteBuffer out = shared.output();
		out.put((byte) '0').put(MessageWriter.CRLF);
		for (int i = 0; i < trailers.size(); i++) {
			if (trailers.field(i) == Field.OTHER) {
				MessageWriter.field(out, trailers, i);
			}
		}
		out.put(MessageWriter.CRLF);
		try {
			transport.write(out.flip());
		} catch (IOException broken) {
			brokenWhileSending(broken);
		}
	}

	/** The upstream may have answered before it closed: what it said is still to be read. */
	private void brokenWhileSending(IOException cause) {
		loop.execute(() -> {
			if (state == State.HEAD || state == State.CONTENT) {
				onReadable();
			}
			if (state == State.HEAD) {
				lost(cause);
			}
		});
	}

	@Override
	public void onWritable() {
		if (exchange != null && !requestSent) {
			exchange.resume();
		}
	}

	// --- the response

	@Override
	public void onReadable() {
		ByteBuffer input = loop.scratch();
		try {
			int count = transport.read(input);
			if (count < 0) {
				ended();
			} else if (count > 0) {
				received(input.flip());
			}
		} catch (IOException broken) {
			lost(broken);
		} catch (MessageException malformed) {
			abortWith(Failure.BAD_RESPONSE, malformed);
		}
	}

	private void received(ByteBuffer input) throws IOException, MessageException {
		switch (state) {
			case HEAD -> head(input);
			case CONTENT -> {
				limit.after(config.idle_timeout_ms());
				pass(true, input);
			}
			default -> discard();
		}
	}

	private void head(ByteBuffer input) throws IOException, MessageException {
		ResponseHead head = shared.responseHead();
		ResponseParser parser = shared.parser();
		while (state == State.HEAD) {
			if (!heads.read(parser, head, input)) {
				return;
			}
			if (head.status() >= 200) {
				begin(head, parser.version(), input);
			} else if (head.status() == 101) {
				switchProtocols(head, input);
			} else {
				interim(head);
			}
		}
	}

	private void interim(ResponseHead head) throws MessageException {
		if (++interim > MAX_INTERIM) {
			throw new MessageException(Failure.BAD_RESPONSE, "too many interim responses");
		}
		awaitHead();
		if (head.status() != 100 || exchange.expectsContinue()) {
			ResponseFields.strip(head.fields(), !config.server_header().isEmpty());
			exchange.inform(head);
		}
	}

	@SuppressWarnings("ReferenceEquality") // well-known methods are constants
	private void begin(ResponseHead head, HttpVersion version, ByteBuffer input) throws IOException, MessageException {
		FieldSection fields = head.fields();
		long length = ContentLength.of(fields);
		if (length == ContentLength.CHUNKED && version == HttpVersion.HTTP_1_0) {
			throw new MessageException(Failure.BAD_RESPONSE, "Transfer-Encoding in an HTTP/1.0 response");
		}
		boolean bodiless = exchange.request().method() == "HEAD" || head.status() == 204 || head.status() == 304;
		// who announces content behind a 204 may send it, and it would pass for the next response
		boolean delimited = bodiless ? head.status() != 204 || length <= 0 && length != ContentLength.CHUNKED : length != ContentLength.NONE;
		persistent = ResponseFields.persistent(fields, version) && delimited;
		content.begin(bodiless ? 0 : length);
		state = State.CONTENT;
		limit.after(config.idle_timeout_ms());
		ResponseFields.clean(fields, config.server_header());
		respond(head, input);
	}

	/** Answers with as much as there is: a response that has come whole is sent whole, and so with its length. */
	private void respond(ResponseHead head, ByteBuffer input) throws MessageException {
		HttpExchange current = exchange;
		ByteBuffer first = content.next(input);
		ByteBuffer second = content.next(input);
		if (content.ended() && second == null && content.trailers().size() == 0) {
			current.respond(head, first, true);
			complete(input);
			return;
		}
		boolean flowing = current.respond(head, first, false);
		if (second != null && exchange == current) {
			flowing = current.send(second, false);
		}
		if (exchange == current) {
			pass(flowing, input);
		}
	}

	/** Passes on what has come of the content. */
	private void pass(boolean wasFlowing, ByteBuffer input) throws MessageException {
		boolean flowing = wasFlowing;
		HttpExchange current = exchange;
		ByteBuffer piece;
		while ((piece = content.next(input)) != null) {
			boolean last = content.ended() && content.trailers().size() == 0;
			flowing = current.send(piece, last);
			if (last) {
				complete(input);
			}
			if (exchange != current) {
				return;
			}
		}
		if (content.ended()) {
			end(current);
			complete(input);
		} else if (!flowing) {
			transport.reading(false);
		}
	}

	/** Ends a response whose last content has been sent already. */
	private void end(HttpExchange current) {
		if (content.trailers().size() == 0) {
			current.send(null, true);
		} else {
			current.sendTrailers(content.trailers());
		}
	}

	/** The client takes more. */
	void resumeResponse() {
		limit.after(config.idle_timeout_ms());
		transport.reading(true);
	}

	/** The response has been passed on whole. */
	private void complete(ByteBuffer input) {
		if (forwarding == null) {
			return;
		}
		forwarding.end();
		forwarding = null;
		exchange = null;
		if (persistent && requestSent && !input.hasRemaining()) {
			release();
		} else {
			discard();
		}
	}

	private void switchProtocols(ResponseHead head, ByteBuffer input) throws MessageException {
		if (!upgrade || head.fields().find(Field.UPGRADE) < 0) {
			throw new MessageException(Failure.BAD_RESPONSE, "an upgrade that was not asked for, or to nothing");
		}
		HttpExchange upgraded = exchange;
		state = State.CLOSED;
		limit.clear();
		forwarding.end();
		forwarding = null;
		exchange = null;
		transport.unread(input);
		Transport client = upgraded.upgrade(head);
		loop.tunnel(client, transport, config.tunnel_idle_timeout_ms(),
				(received, sent, cause) -> upgraded.upgraded(received, sent));
	}

	/** The upstream has closed its direction. */
	private void ended() throws IOException {
		switch (state) {
			case HEAD -> lost(new EOFException("the upstream closed the connection without a response"));
			case CONTENT -> {
				// RFC 9112 section 9.8: otherwise it may have been cut off
				if (content.endsWithConnection() && transport.endedByPeer()) {
					exchange.send(null, true);
					complete(NOTHING);
				} else {
					abortWith(Failure.UPSTREAM_CLOSED, new EOFException("the upstream closed in the middle of its response"));
				}
			}
			default -> discard();
		}
	}

	// --- idle

	/** Waits for the next exchange, if its target wants it. */
	void release() {
		state = State.IDLE;
		reused = true;
		if (target.keep(this, loop)) {
			limit.after(config.keep_alive_ms());
		} else {
			discard();
		}
	}

	boolean isReused() {
		return reused;
	}

	/** Whether an idle connection has not been closed by the upstream, as far as can be known. */
	boolean isAlive() {
		try {
			if (transport.read(loop.scratch()) == 0) {
				return true;
			}
		} catch (IOException closed) {
			// told by the answer
		}
		state = State.CLOSED;
		limit.clear();
		transport.close();
		return false;
	}

	private void discard() {
		if (state == State.IDLE) {
			target.remove(this, loop);
		}
		state = State.CLOSED;
		limit.clear();
		transport.close();
	}

	// --- trouble

	private void timedOut() {
		switch (state) {
			case HEAD -> {
				long left = (responseDue - loop.now()) / 1_000_000;
				if (left > 0) {
					limit.after(Math.min(left, LOOK_MILLIS));
					Forwarding waiting = forwarding;
					if (waiting.isAstray()) {
						presence.look(config.connect_timeout_ms(), cause -> gone(waiting, cause));
					}
				} else {
					abortWith(Failure.RESPONSE_TIMEOUT, new SocketTimeoutException(
							"no response within " + config.response_timeout_ms() + " ms"));
				}
			}
			case CONTENT -> abortWith(Failure.RESPONSE_TIMEOUT, new SocketTimeoutException(
					"the response stood still for " + config.idle_timeout_ms() + " ms"));
			default -> discard();
		}
	}

	private void gone(Forwarding waiting, Throwable cause) {
		if (state == State.HEAD && forwarding == waiting) {
			reused = false;
			lost(cause);
		}
	}

	private void lost(Throwable cause) {
		if (state == State.HEAD && !heads.begun() && interim == 0) {
			forwarding.lost(this, cause);
		} else if (state == State.HEAD || state == State.CONTENT) {
			abortWith(Failure.UPSTREAM_CLOSED, cause);
		} else {
			discard();
		}
	}

	private void abortWith(Failure failure, Throwable cause) {
		Forwarding failed = forwarding;
		abort();
		if (failed != null) {
			failed.fail(failure, cause);
		}
	}

	/** Closes at once; nobody is told. */
	void abort() {
		state = State.CLOSED;
		forwarding = null;
		exchange = null;
		limit.clear();
		transport.abort();
	}

	@Override
	public void onClosed(Throwable cause) {
		lost(cause);
	}
}
