package proxy.test;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import proxy.fixtures.Answer;
import proxy.fixtures.Await;
import proxy.fixtures.Client;
import proxy.fixtures.HeldAnswer;
import proxy.fixtures.Http1Client;
import proxy.fixtures.Http2Client;
import proxy.fixtures.Octets;
import proxy.fixtures.Origin;
import proxy.fixtures.Pingoo;
import proxy.fixtures.Ports;
import proxy.fixtures.Request;
import proxy.fixtures.Response;
import proxy.fixtures.TestGatehouse;
import proxy.fixtures.WebSocketClient;
import proxy.fixtures.WebSocketFrame;

/** How the process ends: what is in progress is finished, and everybody is told. */
class ShutdownTest {

	private static final int CLEAN = 0;
	private static final int SIGINT = 2;
	private static final byte[] GOING_AWAY = {0x03, (byte) 0xE9};

	private final HeldAnswer held = new HeldAnswer(Answer.text("done"));
	private Origin origin;
	private TestGatehouse gatehouse;

	@BeforeEach
	void openOrigin() {
		origin = Origin.plain((request, connection) ->
				(request.target().equals("/slow") ? held : Answer.text("done")).to(request, connection));
	}

	@AfterEach
	void close() {
		held.release();
		if (gatehouse != null) {
			gatehouse.close();
		}
		origin.close();
	}

	private void start(int drainMillis) {
		gatehouse = TestGatehouse.configured("core: {drain_timeout_ms: <drain>}\n" + Gateways.YAML)
				.with("origin", origin.url())
				.with("drain", drainMillis)
				.start();
	}

	private CompletableFuture<Response> slow(Client client) {
		return held.begin(client, Request.get("/slow"));
	}

	private void awaitClosed() {
		Await.until("the listeners are closed", () -> !Ports.isOpen(gatehouse.port("http")) && !Ports.isOpen(gatehouse.port("https")));
	}

	/** Threads of libraries may still be there when their bundles have ended. */
	@Test
	void theLogEndsWithWhatGatehouseSays() {
		gatehouse = TestGatehouse.configured("""
				listeners:
				  http: {address: "http://127.0.0.1:<http>"}
				services:
				  lost:
				    http_proxy: ["http://nothere.invalid:80"]
				""").start();
		gatehouse.log().await("upstream name nothere.invalid");
		assertEquals(CLEAN, gatehouse.terminate().awaitEnd());
		assertEquals(List.of(), gatehouse.log().lines().stream().filter(line -> !line.startsWith("{")).toList());
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo({"shutdown.graceful", "shutdown.message", "shutdown.code"})
	void finishesWhatIsInProgressAndTakesNothingNew(Protocol protocol) throws Exception {
		start(20_000);
		try (Client client = protocol.connect(gatehouse)) {
			CompletableFuture<Response> response = slow(client);
			gatehouse.terminate();
			awaitClosed();
			gatehouse.log().await("\"message\":\"Shutdown signal received. Shutting down listeners.\"");
			assertFalse(response.isDone());
			held.release();
			assertEquals(200, response.get().status());
			assertEquals("done", response.get().text());
			assertEquals(!protocol.isHttp2(), response.get().fields().lists("connection", "close"));
			Await.until("the connection ends", client::isEnded);
			assertEquals(protocol.isHttp2(), client.isLeft());
		}
		assertEquals(CLEAN, gatehouse.awaitEnd());
	}

	@ParameterizedTest
	@EnumSource
	void doesNotWaitForIdleConnections(Protocol protocol) throws Exception {
		start(600_000);
		try (Client client = protocol.connect(gatehouse)) {
			assertEquals(200, client.send(Request.get("/")).status());
			gatehouse.terminate();
			Await.until("the connection ends", client::isEnded);
		}
		assertEquals(CLEAN, gatehouse.awaitEnd());
		gatehouse.log().await("all connections have ended");
	}

	@Test
	void tellsHttp2ClientsBeforeItTakesNoMoreStreams() throws Exception {
		start(20_000);
		try (Http2Client client = (Http2Client) Protocol.HTTPS_2.connect(gatehouse)) {
			CompletableFuture<Response> response = slow(client);
			gatehouse.terminate();
			Await.until("GOAWAY", client::isLeft);
			held.release();
			assertTrue(response.get().whole());
			Await.until("the connection ends", client::isEnded);
		}
		assertEquals(CLEAN, gatehouse.awaitEnd());
	}

	@Test
	@Pingoo("shutdown.websocket")
	void tellsWebSocketsThatItIsGoingAway() throws Exception {
		origin.answer(Answer.webSocketEcho());
		start(600_000);
		try (WebSocketClient socket = WebSocketClient.open((Http1Client) Protocol.HTTP_1.connect(gatehouse), Request.get("/"))) {
			socket.send("hello");
			assertEquals("hello", socket.receive().text());
			gatehouse.terminate();
			WebSocketFrame close = socket.receive();
			assertEquals(WebSocketFrame.CLOSE, close.opcode());
			assertArrayEquals(GOING_AWAY, close.payload());
			socket.send(close);
		}
		assertEquals(CLEAN, gatehouse.awaitEnd());
		Await.until("the upstream's side has ended too", () -> origin.connections().isEmpty());
	}

	@Test
	void completesTheFrameThatAWebSocketIsInTheMiddleOf() throws Exception {
		origin.answer((request, connection) -> {
			connection.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
					+ "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n");
			connection.write(new byte[] {(byte) 0x81, 10, 'h', 'a', 'l', 'f'});
			held.hold();
			connection.write(Octets.of(" frame"));
			connection.write(new byte[] {(byte) 0x81, 1, '!'});
			connection.input().readAllBytes();
			connection.close();
		});
		start(600_000);
		try (WebSocketClient socket = WebSocketClient.open((Http1Client) Protocol.HTTP_1.connect(gatehouse), Request.get("/"))) {
			held.awaitRequest();
			gatehouse.terminate();
			awaitClosed();
			held.release();
			assertEquals("half frame", socket.receive().text());
			WebSocketFrame close = socket.receive();
			assertEquals(WebSocketFrame.CLOSE, close.opcode());
			socket.send(close);
		}
		assertEquals(CLEAN, gatehouse.awaitEnd());
	}

	@Test
	@Pingoo("shutdown.limit")
	void cutsWhatTakesTooLong() throws Exception {
		start(500);
		try (Http1Client client = (Http1Client) Protocol.HTTP_1.connect(gatehouse)) {
			client.write("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n");
			held.awaitRequest();
			gatehouse.terminate();
			assertTrue(client.ended());
		}
		assertEquals(CLEAN, gatehouse.awaitEnd());
		gatehouse.log().await("1 connections did not end in time and were cut");
	}

	@ParameterizedTest
	@ValueSource(strings = {"TERM", "INT"})
	@Pingoo("shutdown.again")
	void endsAtOnceWhenAskedTwice(String signal) throws Exception {
		start(600_000);
		assumeFalse(signal.equals("INT") && gatehouse.ignores(SIGINT), "started in the background of a script, where SIGINT is ignored");
		try (Client client = Protocol.HTTP_1.connect(gatehouse)) {
			CompletableFuture<Response> response = slow(client);
			gatehouse.signal(signal);
			awaitClosed();
			assertTrue(gatehouse.isAlive());
			gatehouse.signal(signal);
			assertEquals(signal.equals("TERM") ? 143 : 130, gatehouse.awaitEnd());
			assertTrue(response.handle((answered, failed) -> failed != null).get());
		}
	}
}
