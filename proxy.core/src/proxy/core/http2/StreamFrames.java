package proxy.core.http2;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import proxy.api.http.Failure;
import proxy.api.http.FieldSection;
import proxy.api.http.HttpVersion;
import proxy.api.http.RequestHead;

/** What becomes of a stream's frames, in every state that it may be in (RFC 9113 sections 5.1 and 8.1). */
final class StreamFrames {

	static final int MAX_STREAMS = 128;

	private final Http2Connection connection;
	private final Http2Loop shared;
	private final Streams streams;
	private final HpackDecoder decoder = new HpackDecoder();

	StreamFrames(Http2Connection connection, Http2Loop shared, Streams streams) {
		this.connection = connection;
		this.shared = shared;
		this.streams = streams;
	}

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
		} else if (!connection.isOpen()) {
			decodeForTheTable(block, length);
		} else if (selfDependent || streams.count() >= MAX_STREAMS) {
			decodeForTheTable(block, length);
			streams.last(stream);
			error(stream, selfDependent ? ErrorCode.PROTOCOL_ERROR : ErrorCode.REFUSED_STREAM);
		} else {
			streams.last(stream);
			request(stream, block, length, ends);
		}
	}

	private void decodeForTheTable(byte[] block, int length) throws Http2Exception {
		shared.head().beginNothing(maxHead());
		decoder.decode(block, length, shared.head());
	}

	private int maxHead() {
		return connection.endpoint().limits().headOctets();
	}

	/** HEADERS for a stream that is closed. */
	private void late(int stream) throws Http2Exception {
		if (!streams.wasReset(stream)) {
			throw streams.wasOpen(stream)
					? new Http2Exception(ErrorCode.STREAM_CLOSED, "fields on a closed stream")
					: Http2Exception.protocol("streams are not opened in order");
		}
		connection.strain();
	}

	private void request(int stream, byte[] block, int length, boolean ends) throws Http2Exception {
		Http2Exchange exchange = shared.take();
		RequestHead head = exchange.request();
		HeadBlock fields = shared.head();
		fields.beginRequest(head.fields(), maxHead());
		decoder.decode(block, length, fields);
		Failure failure = fields.request(head, ends);
		if (failure != null) {
			head.set("", HttpVersion.HTTP_2, 0, 0);
			head.fields().clear();
			head.contentLength(ends ? 0 : RequestHead.UNKNOWN_LENGTH);
		}
		connection.begin(exchange, stream, ends);
		if (failure == Failure.BAD_REQUEST) {
			error(stream, ErrorCode.PROTOCOL_ERROR);
		} else if (failure != null) {
			exchange.fail(failure, null);
			connection.strain();
		} else if (!exchange.input().isHeld()) {
			dispatch(exchange);
		}
	}

	private void dispatch(Http2Exchange exchange) {
		connection.endpoint().dispatcher().dispatch(exchange);
	}

	private void trailers(Http2Exchange exchange, byte[] block, int length, boolean ends) throws Http2Exception {
		FieldSection trailers = new FieldSection();
		HeadBlock fields = shared.head();
		fields.beginTrailers(trailers, maxHead());
		decoder.decode(block, length, fields);
		if (exchange.input().isEnded()) {
			error(exchange.stream(), ErrorCode.STREAM_CLOSED);
		} else if (ends && fields.isTrailers() && exchange.input().arrived(trailers)) {
			arrived(exchange);
		} else {
			error(exchange.stream(), ErrorCode.PROTOCOL_ERROR);
		}
	}

	private void arrived(Http2Exchange exchange) {
		if (exchange.input().isReleased()) {
			dispatch(exchange);
		} else if (exchange.input().isEnded() && exchange.output().isEnded()) {
			connection.close(exchange, false);
		}
	}

	/** @param length what counts against the windows: with padding */
	void data(int stream, ByteBuffer content, int length, boolean ends) throws Http2Exception {
		if (!content.hasRemaining() && !ends) {
			connection.strain();
		}
		connection.received(length);
		Http2Exchange exchange = streams.get(stream);
		if (exchange == null || exchange.input().isEnded()) {
			connection.consumed(length);
			requireNotIdle(stream);
			if (!streams.wasReset(stream)) {
				error(stream, ErrorCode.STREAM_CLOSED);
			}
		} else if (!exchange.input().reserve(length)) {
			connection.consumed(length);
			error(stream, ErrorCode.FLOW_CONTROL_ERROR);
		} else {
			int padding = length - content.remaining();
			exchange.input().skipped(padding);
			connection.consumed(padding);
			if (exchange.input().arrived(content, ends)) {
				arrived(exchange);
			} else {
				error(stream, ErrorCode.PROTOCOL_ERROR);
			}
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
		connection.strain();
		Http2Exchange exchange = streams.get(stream);
		if (exchange != null) {
			exchange.abandon(Failure.CLIENT_GONE, new EOFException("the client reset the stream"));
			connection.close(exchange, false);
		}
	}

	/** The client has erred on the stream (RFC 9113 section 5.4.2). */
	void error(int stream, int code) throws Http2Exception {
		Http2Exchange exchange = streams.get(stream);
		if (exchange != null) {
			exchange.abandon(Failure.BAD_REQUEST, new IOException("the client broke the rules of HTTP/2"));
			connection.reset(exchange, code);
		} else {
			connection.writer().reset(stream, code);
			streams.closed(stream, true);
		}
		connection.strain();
	}

	void windowUpdate(int stream, int increment) throws Http2Exception {
		requireNotIdle(stream);
		Http2Exchange exchange = streams.get(stream);
		if (exchange == null) {
			return;
		}
		if (increment == 0) {
			error(stream, ErrorCode.PROTOCOL_ERROR);
		} else if (!exchange.output().open(increment)) {
			error(stream, ErrorCode.FLOW_CONTROL_ERROR);
		}
	}
}
