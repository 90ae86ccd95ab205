package proxy.core.warmup;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import proxy.api.http.ExchangeListener;
import proxy.api.http.HttpService;
import proxy.api.rule.Condition;
import proxy.core.http.ClientLookup;
import proxy.core.http.Dispatcher;
import proxy.core.http.Endpoint;
import proxy.core.http.Limits;
import proxy.core.http.LoopCounter;
import proxy.core.http.RoutingTable;
import proxy.core.http1.Http1;
import proxy.core.http2.Http2;
import proxy.core.loop.Acceptor;
import proxy.core.loop.ClientHello;
import proxy.core.loop.LoopTransport;
import proxy.core.loop.Loops;

/**
 * Requests that the gateway sends to itself, round by round. For one thread, but that another one may close this at any time;
 * a round that is under way then fails.
 */
public final class Rehearsal implements AutoCloseable {

	/** Makes the engine that answers a ClientHello, for versions of TLS and ALPN names. */
	@FunctionalInterface
	public interface Engines {

		SSLEngine engine(ClientHello hello, String[] protocols, String[] applicationProtocols);
	}

	private static final Limits LIMITS = new Limits(8 * 1024, 10_000, 10_000, 10_000, 0, 100, peer -> false);
	private static final int HANDSHAKE_MILLIS = 10_000;
	/** A gateway that does not answer itself for so long is left alone. */
	private static final int PATIENCE_MILLIS = 5_000;
	private static final String[] TLS_13 = {"TLSv1.3"};
	private static final String HTTP_1 = "http/1.1";
	private static final int CONNECTIONS = 8;
	private static final int REQUESTS = 50;
	private static final int TURNS = 4;

	private final Loops loops;
	private final RehearsalOrigin origin = new RehearsalOrigin();
	private final Dispatcher dispatcher = new Dispatcher();
	private final List<Acceptor> acceptors = new ArrayList<>();
	private final List<Endpoint> endpoints = new ArrayList<>();
	private final Set<Socket> sockets = new HashSet<>();
	private final Http1Visitor http1 = new Http1Visitor();
	private final Http2Visitor http2 = new Http2Visitor();
	private final Acceptor plain;
	private final Acceptor secure;
	private final Acceptor multiplexed;
	private boolean closed;

	/**
	 * Opens the listeners.
	 *
	 * @param forwarding makes a service that forwards to the address
	 */
	public Rehearsal(Loops loops, Http1 http1, Http2 http2, Function<InetSocketAddress, HttpService> forwarding, Engines tls)
			throws IOException {
		this.loops = loops;
		try {
			dispatcher.publish(table(forwarding.apply(origin.address())));
			plain = listen("http", null, http1::connections);
			secure = listen("https", hello -> tls.engine(hello, TLS_13, new String[] {HTTP_1}), http1::connections);
			multiplexed = listen("https", hello -> tls.engine(hello, TLS_13, new String[] {Http2.ALPN}), http2::connections);
		} catch (IOException | RuntimeException | Error impossible) {
			close();
			throw impossible;
		}
	}

	private RoutingTable table(HttpService service) {
		RoutingTable.Route all = new RoutingTable.Route("rehearsal", Condition.ALWAYS, service, new LoopCounter(loops.count()));
		return new RoutingTable(
				1,
				new RoutingTable.Rule[0],
				new RoutingTable.Route[][] {{all}},
				new RoutingTable.TcpRoute[0][],
				new ExchangeListener[0],
				ClientLookup.NOBODY);
	}

	private Acceptor listen(
			String scheme,
			Function<ClientHello, SSLEngine> tls,
			Function<Endpoint, Consumer<LoopTransport>> protocol)
			throws IOException {
		Endpoint endpoint = new Endpoint("rehearsal", scheme, 0, dispatcher, LIMITS, loops);
		InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
		Acceptor acceptor =
				new Acceptor(loops, anyPort, false, CONNECTIONS, tls, HANDSHAKE_MILLIS, protocol.apply(endpoint));
		endpoints.add(endpoint);
		acceptors.add(acceptor);
		acceptor.start();
		return acceptor;
	}

	/** A round of HTTP/1.1 without TLS. */
	public void plain() throws IOException {
		List<Socket> connections = new ArrayList<>();
		for (int i = 0; i < CONNECTIONS; i++) {
			connections.add(open(plain));
		}
		http1.visit(connections, REQUESTS);
		leave(connections);
	}

	/**
	 * A round of HTTP/1.1 and HTTP/2 over TLS.
	 *
	 * @param context of the clients: its first connection makes a session, the next ones resume it
	 */
	public void secure(SSLContext context) throws IOException {
		List<Socket> connections = new ArrayList<>();
		for (int i = 0; i < CONNECTIONS; i++) {
			Socket connection = open(secure, context, HTTP_1);
			connections.add(connection);
			http1.visit(List.of(connection), 1);
		}
		http1.visit(connections, REQUESTS);
		leave(connections);
		Socket connection = open(multiplexed, context, Http2.ALPN);
		http2.visit(connection, TURNS);
		leave(List.of(connection));
	}

	private Socket open(Acceptor acceptor, SSLContext context, String protocol) throws IOException {
		InetSocketAddress address = acceptor.address();
		SSLSocket socket = (SSLSocket) context.getSocketFactory()
				.createSocket(open(acceptor), address.getHostString(), address.getPort(), true);
		SSLParameters parameters = socket.getSSLParameters();
		parameters.setApplicationProtocols(new String[] {protocol});
		socket.setSSLParameters(parameters);
		return socket;
	}

	private Socket open(Acceptor acceptor) throws IOException {
		Socket socket = new Socket();
		synchronized (this) {
			if (closed) {
				throw new IOException("the rehearsal is over");
			}
			sockets.add(socket);
		}
		socket.setTcpNoDelay(true);
		socket.setSoTimeout(PATIENCE_MILLIS);
		socket.connect(acceptor.address());
		return socket;
	}

	private synchronized void leave(List<Socket> connections) throws IOException {
		for (Socket connection : connections) {
			connection.close();
		}
		sockets.removeIf(Socket::isClosed);
	}

	@Override
	public void close() throws IOException {
		synchronized (this) {
			closed = true;
			for (Socket socket : sockets) {
				socket.close();
			}
		}
		for (Acceptor acceptor : acceptors) {
			acceptor.close();
		}
		endpoints.forEach(Endpoint::abort);
		origin.close();
	}
}
