package proxy.core.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import proxy.api.http.ExchangeListener;
import proxy.api.http.HttpExchange;
import proxy.api.http.HttpService;
import proxy.api.rule.Condition;
import proxy.core.loop.Acceptor;
import proxy.core.loop.LoopTransport;
import proxy.core.loop.Loops;
import proxy.core.tls.ClientEngines;

/** A gateway of one listener and one service, without a framework. */
public final class Gate implements AutoCloseable, ExchangeListener {

	public static final Limits LIMITS = new Limits(8 * 1024, 10_000, 10_000, 10_000, 0, 1000, peer -> false);

	public final Loops loops;
	public final Endpoint endpoint;
	private final Acceptor acceptor;
	private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();

	/** @param protocol what to do with connections of an endpoint, on these loops */
	public Gate(
			Function<Loops, Function<Endpoint, Consumer<LoopTransport>>> protocol, Limits limits, HttpService service)
			throws IOException {
		loops = new Loops(2, new ClientEngines()::engine);
		Dispatcher dispatcher = new Dispatcher();
		RoutingTable.Route route =
				new RoutingTable.Route("service", Condition.ALWAYS, service, new LoopCounter(loops.count()));
		dispatcher.publish(new RoutingTable(
				1,
				new RoutingTable.Rule[0],
				new RoutingTable.Route[][] {{route}},
				new RoutingTable.TcpRoute[0][],
				new ExchangeListener[] {this},
				address -> null));
		endpoint = new Endpoint("http", "http", 0, dispatcher, limits, loops);
		acceptor = new Acceptor(
				loops,
				new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
				false,
				100,
				null,
				10_000,
				protocol.apply(loops).apply(endpoint));
		acceptor.start();
	}

	public Socket connect() throws IOException {
		Socket socket = new Socket(acceptor.address().getAddress(), acceptor.address().getPort());
		socket.setTcpNoDelay(true);
		socket.setSoTimeout(20_000);
		return socket;
	}

	/** Sends the octets, ends the direction if asked to, and gives all that comes until the gateway closes. */
	public String converse(String request) throws IOException {
		try (Socket socket = connect()) {
			send(socket, request);
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
		}
	}

	public static void send(Socket socket, String octets) throws IOException {
		socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
	}

	/** Reads exactly as many octets as the text has. */
	public static String read(Socket socket, int count) throws IOException {
		return new String(socket.getInputStream().readNBytes(count), StandardCharsets.ISO_8859_1);
	}

	/** The next exchange that has ended. */
	public Outcome outcome() throws InterruptedException {
		Outcome outcome = outcomes.poll(20, TimeUnit.SECONDS);
		if (outcome == null) {
			throw new AssertionError("no exchange ended");
		}
		return outcome;
	}

	public List<Outcome> outcomes() {
		return List.copyOf(outcomes);
	}

	@Override
	public void finished(HttpExchange exchange, Outcome outcome) {
		outcomes.add(outcome);
	}

	@Override
	public void close() throws IOException {
		acceptor.close();
		loops.stop();
	}
}
