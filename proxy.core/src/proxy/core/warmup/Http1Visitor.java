package proxy.core.warmup;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;

/** Sends requests of HTTP/1.1 on some connections at once. */
final class Http1Visitor {

	private static final byte[] REQUEST = Octets.of("GET /rehearsal?round=1 HTTP/1.1\r\nHost: rehearsal.invalid\r\n"
			+ "User-Agent: gatehouse\r\nAccept: */*\r\nAccept-Encoding: gzip, br\r\nCookie: theme=dark\r\n\r\n");
	private static final byte[] END = Octets.of("\r\n\r\n" + RehearsalOrigin.CONTENT);

	private final byte[] response = new byte[4 * 1024];

	void visit(List<Socket> connections, int requests) throws IOException {
		for (int i = 0; i < requests; i++) {
			for (Socket connection : connections) {
				connection.getOutputStream().write(REQUEST);
			}
			for (Socket connection : connections) {
				awaitResponse(connection.getInputStream());
			}
		}
	}

	private void awaitResponse(InputStream in) throws IOException {
		int length = 0;
		do {
			int count = in.read(response, length, response.length - length);
			if (count <= 0) {
				throw new EOFException("no whole response came");
			}
			length += count;
		} while (length < END.length || !Arrays.equals(response, length - END.length, length, END, 0, END.length));
	}
}
