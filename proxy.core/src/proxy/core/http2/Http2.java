package proxy.core.http2;

import java.util.function.Consumer;
import proxy.core.http.Endpoint;
import proxy.core.loop.Loop;
import proxy.core.loop.LoopTransport;
import proxy.core.loop.Loops;

/** HTTP/2 for all connections of the gateway. */
public final class Http2 {

	/** The ALPN name (RFC 9113 section 3.2). */
	public static final String ALPN = "h2";

	private final Http2Loop[] byLoop;

	public Http2(Loops loops) {
		this(loops, WaitingRoom.size(loops.count()));
	}

	/** @param waitingRoom octets for each loop */
	Http2(Loops loops, long waitingRoom) {
		byLoop = new Http2Loop[loops.count()];
		for (int i = 0; i < byLoop.length; i++) {
			Loop loop = loops.loop(i);
			byLoop[i] = new Http2Loop(loop, new WaitingRoom(loop, waitingRoom));
		}
	}

	/** What to do with connections that an endpoint has accepted. */
	public Consumer<LoopTransport> connections(Endpoint endpoint) {
		return transport -> new Http2Connection(endpoint, transport, byLoop[transport.loop().index()]).open();
	}
}
