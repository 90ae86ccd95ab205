package proxy.core.tcp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLException;
import proxy.api.http.Failure;
import proxy.api.rule.RequestFacts;
import proxy.api.tcp.TcpConnection;
import proxy.api.tcp.TcpConnectionListener.End;
import proxy.api.tcp.TcpConnectionListener.Outcome;
import proxy.api.transport.Deadline;
import proxy.api.transport.EventLoop;
import proxy.api.transport.Transport;
import proxy.api.transport.TransportHandler;
import proxy.core.http.ClientConnection;
import proxy.core.http.Dispatcher;
import proxy.core.http.Endpoint;
import proxy.core.http.FailureLog;
import proxy.core.http.RoutingTable;
import proxy.core.loop.ClientHello;
import proxy.core.loop.LoopTransport;

/** A connection of a TCP listener, from its routing to its end. */
final class ClientStream implements TcpConnection, TransportHandler, ClientConnection {

	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

	private final Endpoint endpoint;
	private final LoopTransport transport;
	private final int helloMillis;
	private final StreamFacts facts;
	private final long startedAt;
	private Deadline helloLimit;
	private ByteBuffer peeked = NOTHING;
	private String service = "";
	private String upstreamName;
	private boolean joined;
	private boolean cut;
	private boolean told;

	ClientStream(Endpoint endpoint, LoopTransport transport, int helloMillis) {
		this.endpoint = endpoint;
		this.transport = transport;
		this.helloMillis = helloMillis;
		facts = new StreamFacts(endpoint, transport);
		startedAt = transport.loop().now();
	}

	void open() {
		transport.handler(this);
		if (!endpoint.opened(this, transport.loop())) {
			transport.abort();
			return;
		}
		transport.onClose(this::closed);
		transport.endsApart();
		transport.reading(false);
		route();
	}

	private void closed() {
		if (helloLimit != null) {
			helloLimit.clear();
		}
		endpoint.closed(this, transport.loop());
		if (!joined) {
			// who closes it may have more to say about it in a moment
			loop().execute(() -> ended(0, 0, null));
		}
	}

	// --- routing

	private void route() {
		try {
			routeOrWait();
		} catch (RuntimeException | Error bug) {
			fail(Failure.INTERNAL, null, bug);
		}
	}

	private void routeOrWait() {
		RoutingTable table = endpoint.dispatcher().table();
		for (RoutingTable.TcpRoute route : table.tcpRoutes(endpoint.slot())) {
			boolean matches = Dispatcher.matches(route.condition(), facts, loop(), route.name(), false);
			if (facts.wantsHello()) {
				awaitHello();
				return;
			}
			if (matches) {
				route.connections().increment(loop());
				service = route.name();
				route.service().handle(this);
				return;
			}
		}
		fail(Failure.NO_ROUTE, null, null);
	}

	private void awaitHello() {
		helloLimit = loop().deadline(() -> named(""));
		helloLimit.after(helloMillis);
		transport.reading(true);
	}

	@Override
	public void onReadable() {
		ByteBuffer input = loop().scratch().put(peeked);
		try {
			boolean end = transport.read(input) < 0;
			peeked = ByteBuffer.allocate(input.flip().remaining()).put(input).flip();
			ClientHello hello = ClientHello.peek(peeked);
			if (hello != null) {
				named(hello.serverName());
			} else if (end || peeked.remaining() > ClientHello.MAX) {
				named("");
			}
		} catch (SSLException anotherProtocol) {
			named("");
		} catch (IOException gone) {
			onClosed(gone);
			transport.abort();
		}
	}

	private void named(String serverName) {
		helloLimit.clear();
		transport.reading(false);
		if (peeked.hasRemaining()) {
			transport.unread(peeked);
		}
		peeked = NOTHING;
		facts.serverName(serverName);
		route();
	}

	@Override
	public void onWritable() {
		// nothing is written before there is a service
	}

	@Override
	public void onClosed(Throwable cause) {
		ended(0, 0, cause);
	}

	// --- for the service

	@Override
	public EventLoop loop() {
		return transport.loop();
	}

	@Override
	public Transport transport() {
		return transport;
	}

	@Override
	public RequestFacts facts() {
		return facts;
	}

	@Override
	public String listener() {
		return endpoint.name();
	}

	@Override
	public InetSocketAddress client() {
		return transport.remoteAddress();
	}

	@Override
	public InetSocketAddress destination() {
		return transport.localAddress();
	}

	@Override
	public void tunnel(Transport to, String name, long idleMillis) {
		upstreamName = name;
		joined = true;
		loop().tunnel(transport, to, idleMillis, this::ended);
	}

	@Override
	public void fail(Failure failure, String failed, Throwable cause) {
		upstreamName = failed;
		endpoint.dispatcher().failures().connection(loop(), service, failed, failure, cause);
		tell(End.FAILED, failure, cause, 0, 0);
		transport.abort();
	}

	private void ended(long received, long sent, Throwable cause) {
		End end = cut ? End.CUT
				: cause == null ? End.CLOSED
				: cause instanceof SocketTimeoutException ? End.IDLE : End.BROKEN;
		tell(end, null, cause, received, sent);
	}

	private void tell(End end, Failure failure, Throwable cause, long received, long sent) {
		if (told) {
			return;
		}
		told = true;
		endpoint.dispatcher().ended(this, new Outcome(
				end,
				failure,
				cause == null ? null : FailureLog.reason(cause),
				service.isEmpty() ? null : service,
				upstreamName,
				received,
				sent,
				System.nanoTime() - startedAt));
	}

	// --- the listener's end

	/** Which service it has; "" before. */
	String service() {
		return service;
	}

	@Override
	public void drain(long idleMillis) {
		// a stream does not say where it could be ended: it goes on until the drain time is over
	}

	@Override
	public void abort() {
		cut = true;
		transport.cutTunnel(new IOException("cut off"));
	}
}
