package proxy.core.http1;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import proxy.core.http.Endpoint;
import proxy.core.loop.LoopTransport;
import proxy.core.loop.Loops;

/** HTTP/1.1 for all connections of the gateway. */
public final class Http1 {

	/** The response to a request that came without TLS where there should be TLS. */
	public static final byte[] NOT_TLS = ("HTTP/1.1 400 Bad Request\r\ncontent-type: text/plain; charset=utf-8\r\n"
			+ "content-length: 29\r\nconnection: close\r\n\r\n400 This port is for https://").getBytes(StandardCharsets.US_ASCII);

	private final Http1Loop[] byLoop;

	public Http1(Loops loops) {
		byLoop = new Http1Loop[loops.count()];
		for (int i = 0; i < byLoop.length; i++) {
			byLoop[i] = new Http1Loop(loops.loop(i));
		}
	}

	/** What to do with connections that an endpoint has accepted. */
	public Consumer<LoopTransport> connections(Endpoint endpoint) {
		return transport -> new Http1Connection(endpoint, transport, byLoop[transport.loop().index()]).open();
	}
}
