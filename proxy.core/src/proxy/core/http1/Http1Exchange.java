package proxy.core.http1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import proxy.api.http.ExchangeHandler;
import proxy.api.http.Failure;
import proxy.api.http.Field;
import proxy.api.http.FieldSection;
import proxy.api.http.HttpVersion;
import proxy.api.http.RequestHead;
import proxy.api.http.ResponseHead;
import proxy.api.transport.Transport;
import proxy.core.http.Exchange;
import proxy.core.http.Expectation;
import proxy.core.loop.LoopTransport;
import proxy.http1.MessageWriter;

/** An HTTP/1.1 exchange: writes the response; {@link Http1Connection} reads the request. */
final class Http1Exchange extends Exchange {

	private static final int HEAD_STORAGE = 512;
	private static final int LARGE_STORAGE = 16 * 1024;
	/** Content up to this goes out in one buffer with the head: a copy is cheaper than a second piece. */
	private static final int COPY = 16 * 1024;
	private static final FieldSection NO_TRAILERS = new FieldSection(new byte[0]);

	/** How the end of the response's content shows. */
	private enum Framing {
		/** No content whatever the service sends: HEAD, 204, 304. */
		NONE,
		LENGTH,
		CHUNKED,
		CLOSE
	}

	private final Http1Loop shared;
	private Http1Connection connection;
	private LoopTransport transport;
	private boolean responded;
	private boolean persistent;
	private Framing framing;
	private long remaining;

	Http1Exchange(Http1Loop shared) {
		super(new FieldSection(new byte[HEAD_STORAGE]));
		this.shared = shared;
	}

	boolean isSmall() {
		return request().fields().bytes().length <= LARGE_STORAGE;
	}

	void begin(Http1Connection newConnection, LoopTransport newTransport) {
		connection = newConnection;
		transport = newTransport;
		responded = false;
		framing = null;
		begin(newConnection.endpoint(), newTransport);
		RequestHead head = request();
		FieldSection fields = head.fields();
		boolean listed = fields.find(Field.CONNECTION) >= 0;
		persistent = head.version() == HttpVersion.HTTP_1_0
				? listed && fields.hasToken(Field.CONNECTION, "keep-alive")
				: !(listed && fields.hasToken(Field.CONNECTION, "close"));
	}

	/** The connection takes no further request after this one. */
	void notPersistent() {
		persistent = false;
	}

	boolean content(ByteBuffer chunk) {
		received += chunk.remaining();
		return handler().onContent(chunk);
	}

	void contentEnd(FieldSection trailers) {
		ExchangeHandler told = handler();
		if (told != null) {
			told.onContentEnd(trailers == null ? NO_TRAILERS : trailers);
		}
	}

	void refused(Failure why, Throwable cause) {
		persistent = false;
		refuse(why, cause);
	}

	@Override
	public void receive() {
		connection.receive();
	}

	@Override
	public void resume() {
		connection.receive();
	}

	@Override
	public void inform(ResponseHead head) {
		if (responded || request().version() == HttpVersion.HTTP_1_0) {
			return;
		}
		ByteBuffer out = shared.output();
		ResponseWriter.statusLine(out, head.status());
		FieldSection fields = head.fields();
		for (int i = 0; i < fields.size(); i++) {
			if (!Field.isConnectionSpecific(fields.field(i)) && fields.field(i) != Field.CONTENT_LENGTH) {
				MessageWriter.field(out, fields, i);
			}
		}
		out.put(MessageWriter.CRLF);
		write(out.flip(), null, null);
	}

	@Override
	public boolean respond(ResponseHead head, ByteBuffer content, boolean last) {
		requireNotEnded();
		if (responded) {
			throw new IllegalStateException("the exchange has its response already");
		}
		responded = true;
		status(head.status());
		if (!connection.contentReceived() || connection.endpoint().draining()) {
			persistent = false;
		}
		ByteBuffer out = shared.output();
		ResponseWriter.statusLine(out, head.status());
		boolean dated = fields(out, head.fields());
		framing(out, head, content == null ? 0 : content.remaining(), last);
		if (!persistent) {
			out.put(ResponseWriter.CONNECTION_CLOSE);
		} else if (request().version() == HttpVersion.HTTP_1_0) {
			out.put(ResponseWriter.CONNECTION_KEEP_ALIVE);
		}
		if (!dated) {
			out.put(shared.date());
		}
		out.put(MessageWriter.CRLF);
		return content(out, content, last);
	}

	/** Writes all fields that are the service's to say; true when there is a Date among them. */
	private static boolean fields(ByteBuffer out, FieldSection fields) {
		boolean dated = false;
		for (int i = 0; i < fields.size(); i++) {
			int field = fields.field(i);
			if (field != Field.CONTENT_LENGTH && !Field.isConnectionSpecific(field)) {
				dated |= field == Field.DATE;
				MessageWriter.field(out, fields, i);
			}
		}
		return dated;
	}

	private void framing(ByteBuffer out, ResponseHead head, int available, boolean last) {
		int declaredAt = head.fields().find(Field.CONTENT_LENGTH);
		boolean bodiless = head.status() == 204 || head.status() == 304 || request().method() == "HEAD";
		if (bodiless) {
			framing = Framing.NONE;
			if (declaredAt >= 0 && head.status() != 204) {
				MessageWriter.field(out, head.fields(), declaredAt);
			} else if (request().method() == "HEAD" && last && available > 0) {
				ResponseWriter.contentLength(out, available);
			}
		} else if (declaredAt >= 0) {
			framing = Framing.LENGTH;
			remaining = Long.parseLong(head.fields().value(declaredAt));
			MessageWriter.field(out, head.fields(), declaredAt);
		} else if (last) {
			framing = Framing.LENGTH;
			remaining = available;
			ResponseWriter.contentLength(out, available);
		} else if (request().version() == HttpVersion.HTTP_1_0) {
			framing = Framing.CLOSE;
			persistent = false;
		} else {
			framing = Framing.CHUNKED;
			out.put(ResponseWriter.CHUNKED);
		}
	}

	@Override
	public boolean send(ByteBuffer content, boolean last) {
		requireNotEnded();
		return content(shared.output(), content, last);
	}

	@Override
	public boolean sendsFiles() {
		return transport.sendsFiles();
	}

	@Override
	public boolean send(FileChannel file, long position, long count) {
		requireNotEnded();
		if (framing != Framing.LENGTH || count >= remaining) {
			breakOff(Failure.BAD_RESPONSE);
			return true;
		}
		remaining -= count;
		sent += count;
		try {
			return flowing(transport.write(file, position, count));
		} catch (IOException gone) {
			return gone(gone);
		}
	}

	/** Sends what is in the output buffer and the content behind it. */
	private boolean content(ByteBuffer out, ByteBuffer content, boolean last) {
		int length = content == null ? 0 : content.remaining();
		ByteBuffer body = null;
		ByteBuffer tail = null;
		if (framing == Framing.LENGTH) {
			remaining -= length;
			if (remaining < 0 || last && remaining > 0) {
				breakOff(Failure.BAD_RESPONSE);
				return true;
			}
		}
		if (framing != Framing.NONE) {
			sent += length;
			if (length > 0) {
				boolean chunked = framing == Framing.CHUNKED;
				if (chunked) {
					MessageWriter.chunkSize(out, length);
				}
				if (length <= COPY) {
					out.put(content);
					if (chunked) {
						out.put(MessageWriter.CRLF);
					}
				} else {
					body = content;
					tail = chunked ? ByteBuffer.wrap(MessageWriter.CRLF) : null;
				}
			}
			if (last && framing == Framing.CHUNKED) {
				if (body == null) {
					out.put(ResponseWriter.LAST_CHUNK);
				} else {
					tail = ByteBuffer.allocate(8).put(MessageWriter.CRLF).put(ResponseWriter.LAST_CHUNK).flip();
				}
			}
		}
		boolean flowing = write(out.flip(), body, tail);
		if (last && !isEnded()) {
			finish();
		}
		return flowing;
	}

	@Override
	public void sendTrailers(FieldSection trailers) {
		requireNotEnded();
		if (framing == Framing.LENGTH && remaining > 0) {
			breakOff(Failure.BAD_RESPONSE);
			return;
		}
		if (framing == Framing.CHUNKED) {
			ByteBuffer out = shared.output();
			out.put((byte) '0').put(MessageWriter.CRLF);
			ResponseWriter.trailers(out, trailers);
			out.put(MessageWriter.CRLF);
			write(out.flip(), null, null);
		}
		if (!isEnded()) {
			finish();
		}
	}

	private void finish() {
		end(null);
		connection.exchangeEnded(persistent && framing != Framing.CLOSE);
	}

	private boolean write(ByteBuffer head, ByteBuffer content, ByteBuffer tail) {
		try {
			return flowing(transport.write(head, content, tail));
		} catch (IOException gone) {
			return gone(gone);
		}
	}

	/** Ends the exchange; then there is nothing to wait for. */
	private boolean gone(IOException cause) {
		connection.broken(cause);
		return true;
	}

	private boolean flowing(boolean written) {
		if (!written) {
			connection.stalled();
		}
		return written;
	}

	private void requireNotEnded() {
		if (isEnded()) {
			throw new IllegalStateException("the exchange has ended");
		}
	}

	@Override
	protected void breakOff(Failure why) {
		end(why);
		connection.breakOff();
	}

	@Override
	public boolean responded() {
		return responded;
	}

	@Override
	public boolean wantsUpgrade() {
		FieldSection fields = request().fields();
		int upgrade = fields.find(Field.UPGRADE);
		return upgrade >= 0
				&& request().version() == HttpVersion.HTTP_1_1
				&& !request().hasContent()
				&& fields.find(Field.HTTP2_SETTINGS) < 0
				&& !fields.hasToken(Field.UPGRADE, "h2c")
				&& fields.hasToken(Field.CONNECTION, "upgrade");
	}

	@Override
	public boolean expectsContinue() {
		return Expectation.isOf(request()) && !connection.contentBegun();
	}

	@Override
	public Transport upgrade(ResponseHead head) {
		requireNotEnded();
		responded = true;
		status(head.status());
		ByteBuffer out = shared.output();
		ResponseWriter.statusLine(out, head.status());
		FieldSection fields = head.fields();
		for (int i = 0; i < fields.size(); i++) {
			int field = fields.field(i);
			if (!Field.isConnectionSpecific(field) || field == Field.UPGRADE || field == Field.CONNECTION) {
				MessageWriter.field(out, fields, i);
			}
		}
		out.put(MessageWriter.CRLF);
		connection.upgraded();
		int upgrade = head.fields().find(Field.UPGRADE);
		transport.carriesWebSocket(upgrade >= 0 && head.fields().valueIs(upgrade, "websocket"));
		write(out.flip(), null, null);
		return transport;
	}

	@Override
	public void upgraded(long fromClient, long toClient) {
		received = fromClient;
		sent = toClient;
		end(null);
		connection.tunnelEnded();
	}
}
