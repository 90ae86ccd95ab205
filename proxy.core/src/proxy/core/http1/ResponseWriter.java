package proxy.core.http1;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import proxy.api.http.Field;
import proxy.api.http.FieldSection;
import proxy.http1.MessageWriter;

/** Octets of a response's head (RFC 9112 section 4). */
final class ResponseWriter {

	static final byte[] CONNECTION_CLOSE = ascii("connection: close\r\n");
	static final byte[] CONNECTION_KEEP_ALIVE = ascii("connection: keep-alive\r\n");
	static final byte[] CHUNKED = ascii("transfer-encoding: chunked\r\n");
	static final byte[] LAST_CHUNK = ascii("0\r\n\r\n");

	private static final byte[] CONTENT_LENGTH = ascii("content-length: ");
	private static final byte[][] STATUS_LINES = new byte[1000][];

	private ResponseWriter() {}

	static void statusLine(ByteBuffer out, int status) {
		byte[] line = STATUS_LINES[status];
		if (line == null) {
			line = ascii("HTTP/1.1 " + status + " " + Reason.of(status) + "\r\n");
			STATUS_LINES[status] = line;
		}
		out.put(line);
	}

	/** The lines of a trailer section that have a place there (RFC 9110 section 6.5.1). */
	static void trailers(ByteBuffer out, FieldSection trailers) {
		for (int i = 0; i < trailers.size(); i++) {
			int field = trailers.field(i);
			if (!Field.isConnectionSpecific(field) && field != Field.CONTENT_LENGTH && field != Field.HOST) {
				MessageWriter.field(out, trailers, i);
			}
		}
	}

	static void contentLength(ByteBuffer out, long length) {
		out.put(CONTENT_LENGTH);
		MessageWriter.decimal(out, length);
		out.put(MessageWriter.CRLF);
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}
}
