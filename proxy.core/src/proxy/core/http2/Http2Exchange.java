package proxy.core.http2;

import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import proxy.api.http.ExchangeHandler;
import proxy.api.http.Failure;
import proxy.api.http.Field;
import proxy.api.http.FieldSection;
import proxy.api.http.ResponseHead;
import proxy.api.transport.Transport;
import proxy.core.http.Exchange;
import proxy.core.http.Expectation;
import proxy.core.loop.LoopTransport;

/** A stream of HTTP/2 and the exchange on it: writes the response; {@link StreamFrames} reads the request. */
final class Http2Exchange extends Exchange {

	private static final int HEAD_STORAGE = 1024;
	private static final int LARGE_STORAGE = 16 * 1024;
	/** Octets that the gateway's own fields may take: status, Content-Length, Date. */
	private static final int OWN_FIELDS = 128;

	private static final long UNKNOWN = -1;

	private final StreamInput input = new StreamInput(this);
	private final StreamOutput output = new StreamOutput(this);
	private Http2Connection connection;
	private FrameWriter writer;
	private Http2Loop shared;
	private int stream;
	private boolean responded;
	private boolean bodiless;
	/** Octets that are to come by the response's Content-Length, or {@link #UNKNOWN}. */
	private long left;
	/** For {@link Streams}. */
	Http2Exchange nextInBucket;

	Http2Exchange() {
		super(new FieldSection(new byte[HEAD_STORAGE]));
	}

	boolean isSmall() {
		return request().fields().bytes().length <= LARGE_STORAGE;
	}

	/** The request's head is complete. */
	void begin(
			Http2Connection newConnection, LoopTransport transport, int newStream, int window, boolean inputEnded) {
		connection = newConnection;
		shared = newConnection.shared();
		writer = newConnection.writer();
		stream = newStream;
		responded = false;
		bodiless = false;
		left = UNKNOWN;
		begin(newConnection.endpoint(), transport);
		input.begin(newConnection, request().contentLength(), inputEnded);
		output.begin(newConnection, newStream, window);
	}

	int stream() {
		return stream;
	}

	StreamInput input() {
		return input;
	}

	StreamOutput output() {
		return output;
	}

	/** The stream is closed: lets go of what it holds. */
	void release() {
		input.discard();
		output.stop();
	}

	// --- the request

	boolean content(ByteBuffer chunk) {
		received += chunk.remaining();
		ExchangeHandler told = handler();
		return told == null || told.onContent(chunk);
	}

	void contentEnd(FieldSection trailers) {
		ExchangeHandler told = handler();
		if (told != null) {
			told.onContentEnd(trailers);
		}
	}

	@Override
	public void receive() {
		input.want();
	}

	@Override
	public void resume() {
		input.want();
	}

	@Override
	public boolean expectsContinue() {
		return Expectation.isOf(request()) && !input.isBegun();
	}

	// --- the response

	@Override
	public void inform(ResponseHead head) {
		if (responded || isEnded()) {
			return;
		}
		ByteBuffer out = writer.beginHeaders(HpackEncoder.limit(head.fields()) + OWN_FIELDS);
		HpackEncoder.status(out, head.status());
		HpackEncoder.fields(out, head.fields());
		writer.endHeaders(stream, false);
	}

	@Override
	@SuppressWarnings("ReferenceEquality") // well-known methods are constants
	public boolean respond(ResponseHead head, ByteBuffer content, boolean last) {
		requireNotEnded();
		if (responded) {
			throw new IllegalStateException("the exchange has its response already");
		}
		responded = true;
		status(head.status());
		int available = content == null ? 0 : content.remaining();
		boolean isHead = request().method() == "HEAD";
		bodiless = head.status() == 204 || head.status() == 304 || isHead;
		FieldSection fields = head.fields();
		int declaredAt = fields.find(Field.CONTENT_LENGTH);
		if (declaredAt >= 0 && !bodiless) {
			left = Long.parseLong(fields.value(declaredAt));
			if (available > left || last && available < left) {
				breakOff(Failure.BAD_RESPONSE);
				return true;
			}
		}
		boolean endsHere = last && (bodiless || available == 0);
		ByteBuffer out = writer.beginHeaders(HpackEncoder.limit(fields) + OWN_FIELDS);
		HpackEncoder.status(out, head.status());
		if (!HpackEncoder.fields(out, fields)) {
			out.put(shared.date());
		}
		if (declaredAt >= 0 && head.status() != 204) {
			HpackEncoder.field(out, fields, declaredAt);
		} else if (declaredAt < 0 && last && (!bodiless || isHead && available > 0)) {
			HpackEncoder.contentLength(out, available);
		}
		writer.endHeaders(stream, endsHere);
		if (endsHere) {
			output.endedByHead();
			finish();
			return true;
		}
		return available == 0 || content(content, last);
	}

	@Override
	public boolean send(ByteBuffer content, boolean last) {
		requireNotEnded();
		return content(content, last);
	}

	private boolean content(ByteBuffer content, boolean last) {
		int length = content == null || bodiless ? 0 : content.remaining();
		if (left != UNKNOWN) {
			left -= length;
			if (left < 0 || last && left > 0) {
				breakOff(Failure.BAD_RESPONSE);
				return true;
			}
		}
		sent += length;
		if (length == 0 && !last) {
			return true;
		}
		boolean flowing = output.send(bodiless ? null : content, last);
		if (last) {
			finish();
		}
		return flowing;
	}

	@Override
	public void sendTrailers(FieldSection trailers) {
		requireNotEnded();
		if (left > 0) {
			breakOff(Failure.BAD_RESPONSE);
			return;
		}
		if (trailers.size() == 0) {
			output.send(null, true);
		} else {
			output.send(trailers);
		}
		finish();
	}

	/** The service has said everything; the client may still have to take some of it. */
	private void finish() {
		end(null);
		input.discard();
		if (output.isEnded()) {
			connection.responseSent(this);
		}
	}

	/** The last of the response has been sent. */
	void sent() {
		connection.responseSent(this);
	}

	// --- trouble

	void refused(Failure why, Throwable cause) {
		refuse(why, cause);
	}

	/** The client takes nothing, and the memory is needed. */
	void evict() {
		abandon(Failure.CLIENT_STALLED, new SocketTimeoutException("the client takes nothing while memory is short"));
		connection.reset(this, ErrorCode.CANCEL);
	}

	/** There is no memory to keep content in. */
	void overloaded() {
		connection.overloaded(stream);
	}

	@Override
	protected void breakOff(Failure why) {
		end(why);
		connection.reset(this, ErrorCode.INTERNAL_ERROR);
	}

	private void requireNotEnded() {
		if (isEnded()) {
			throw new IllegalStateException("the exchange has ended");
		}
	}

	@Override
	public boolean responded() {
		return responded;
	}

	// --- upgrades are HTTP/1.1's

	@Override
	public boolean wantsUpgrade() {
		return false;
	}

	@Override
	public Transport upgrade(ResponseHead head) {
		throw new IllegalStateException("HTTP/2 has no Upgrade (RFC 9113 section 8.6)");
	}

	@Override
	public void upgraded(long fromClient, long toClient) {
		throw new IllegalStateException("HTTP/2 has no Upgrade (RFC 9113 section 8.6)");
	}
}
