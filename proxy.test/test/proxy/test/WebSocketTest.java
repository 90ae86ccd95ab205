package proxy.test;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import proxy.api.tls.TlsIdentity;
import proxy.fixtures.Answer;
import proxy.fixtures.Await;
import proxy.fixtures.Client;
import proxy.fixtures.Http1Client;
import proxy.fixtures.Octets;
import proxy.fixtures.Origin;
import proxy.fixtures.Pingoo;
import proxy.fixtures.ReceivedRequest;
import proxy.fixtures.Request;
import proxy.fixtures.Response;
import proxy.fixtures.TestCa;
import proxy.fixtures.TestGatehouse;
import proxy.fixtures.Tls;
import proxy.fixtures.WebSocketClient;
import proxy.fixtures.WebSocketFrame;

/** Upgraded connections are byte tunnels that live as long as both ends want. */
class WebSocketTest {

	private static final int FRAMES = 10_000;
	private static final int CHANGES = 5;
	/** Two minutes with GATEHOUSE_LONG_TESTS=1. */
	private static final Duration SILENCE = Duration.ofSeconds("1".equals(System.getenv("GATEHOUSE_LONG_TESTS")) ? 120 : 6);
	private static final String YAML = """
			listeners:
			  http: {address: "http://127.0.0.1:<http>"}
			  https: {address: "https://127.0.0.1:<https>"}
			services:
			  unrelated:
			    route: http_request.path == "/unrelated/%1$d"
			    http_proxy: ["<text>"]
			  sockets:
			    http_proxy: ["<sockets>"]
			rules:
			  nobody:
			    expression: http_request.path == "/blocked/%1$d"
			    actions: [{action: block}]
			""";

	private static Origin sockets;
	private static Origin text;
	private static TestGatehouse gatehouse;

	@BeforeAll
	static void start() {
		sockets = Origin.plain(Answer.webSocketEcho());
		text = Origin.plain(Answer.text("text"));
		gatehouse = TestGatehouse.configured(YAML.formatted(0))
				.with("sockets", sockets.url())
				.with("text", text.url())
				.start();
	}

	@AfterAll
	static void stop() {
		gatehouse.close();
		sockets.close();
		text.close();
	}

	@AfterEach
	void echoes() {
		sockets.answer(Answer.webSocketEcho());
	}

	/** One that talks and one that is silent, over http and over https, while routes, rules and a certificate change. */
	@Pingoo("http.websocket")
	@Test
	void losesNoFrameWhileEverythingElseChanges() throws Exception {
		ExecutorService threads = Executors.newCachedThreadPool();
		try (WebSocketClient silentPlain = open(Protocol.HTTP_1); WebSocketClient silentTls = open(Protocol.HTTPS_1)) {
			long silentSince = System.nanoTime();
			List<Future<?>> talking = new ArrayList<>();
			boolean[] changed = {false};
			for (Protocol protocol : List.of(Protocol.HTTP_1, Protocol.HTTPS_1)) {
				talking.add(threads.submit(() -> talk(protocol, changed)));
			}
			TestCa ca = new TestCa();
			for (int i = 1; i <= CHANGES; i++) {
				change(i, ca);
			}
			while (System.nanoTime() - silentSince < SILENCE.toNanos()) {
				change(CHANGES + 1, ca);
			}
			synchronized (changed) {
				changed[0] = true;
			}
			for (Future<?> talk : talking) {
				talk.get();
			}
			for (WebSocketClient silent : List.of(silentPlain, silentTls)) {
				silent.send("still there");
				assertEquals("still there", silent.receive().text());
				silent.end();
			}
		} finally {
			threads.shutdownNow();
		}
	}

	/** At least so many frames, and until all changes have been made. */
	private static Void talk(Protocol protocol, boolean[] changed) throws IOException {
		try (WebSocketClient socket = open(protocol)) {
			for (int i = 0; i < FRAMES || !isSet(changed); i++) {
				socket.send("frame " + i);
				assertEquals("frame " + i, socket.receive().text());
			}
			socket.end();
			return null;
		}
	}

	private static boolean isSet(boolean[] changed) {
		synchronized (changed) {
			return changed[0];
		}
	}

	private static void change(int number, TestCa ca) throws IOException {
		gatehouse.configure(YAML.formatted(number));
		TlsIdentity certificate = ca.issue("other.example.com");
		TestCa.write(gatehouse.tls(), "other.example.com", certificate);
		BigInteger serial = certificate.leaf().getSerialNumber();
		Await.until("the certificate is in force", () -> Tls.trustingAll()
				.certificate(gatehouse.port("https"), "other.example.com")
				.getSerialNumber()
				.equals(serial));
		Await.until("the route is in force", () -> status("/unrelated/" + number) == 200);
		Await.until("the rule is in force", () -> status("/blocked/" + number) == 403);
	}

	private static int status(String target) throws IOException {
		try (Client client = Protocol.HTTP_1.connect(gatehouse)) {
			return client.send(Request.get(target)).status();
		}
	}

	@Pingoo("http.websocket")
	@ParameterizedTest
	@EnumSource(names = {"HTTP_1", "HTTPS_1"})
	void tellsTheUpstreamWhatTheClientAskedFor(Protocol protocol) throws Exception {
		sockets.forget();
		Request request = Request.get("/api/live/ws?x=%2F")
				.to("grafana.example.com")
				.with("Origin", "https://grafana.example.com")
				.with("Sec-WebSocket-Protocol", "a, b")
				.with("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits");
		try (WebSocketClient socket = WebSocketClient.open((Http1Client) protocol.connect(gatehouse), request)) {
			ReceivedRequest seen = sockets.take();
			assertEquals("/api/live/ws?x=%2F", seen.target());
			assertEquals("grafana.example.com", seen.fields().get("host"));
			assertEquals("https://grafana.example.com", seen.fields().get("origin"));
			assertEquals("websocket", seen.fields().get("upgrade"));
			assertTrue(seen.fields().lists("connection", "upgrade"), seen::toString);
			assertEquals("a, b", seen.fields().get("sec-websocket-protocol"));
			assertEquals("permessage-deflate; client_max_window_bits", seen.fields().get("sec-websocket-extensions"));
			assertEquals(protocol.isTls() ? "https" : "http", seen.fields().get("x-forwarded-proto"));
			assertEquals(List.of("127.0.0.1"), seen.fields().all("x-forwarded-for"));
			socket.end();
		}
	}

	@ParameterizedTest
	@EnumSource(names = {"HTTP_1", "HTTPS_1"})
	void passesLargeFramesAndControlFrames(Protocol protocol) throws IOException {
		try (WebSocketClient socket = open(protocol)) {
			for (int size : new int[] {0, 125, 126, 65_535, 65_536, 3_000_000}) {
				byte[] payload = Octets.random(size, size);
				Thread sender = new Thread(() -> send(socket, new WebSocketFrame(WebSocketFrame.BINARY, payload)));
				sender.start();
				WebSocketFrame frame = socket.receive();
				assertEquals(WebSocketFrame.BINARY, frame.opcode());
				assertArrayEquals(payload, frame.payload());
			}
			socket.send(new WebSocketFrame(WebSocketFrame.PING, Octets.of("?")));
			assertEquals(WebSocketFrame.PING, socket.receive().opcode());
			socket.end();
		}
	}

	private static void send(WebSocketClient socket, WebSocketFrame frame) {
		try {
			socket.send(frame);
		} catch (IOException e) {
			throw new AssertionError(e);
		}
	}

	@ParameterizedTest
	@EnumSource(names = {"HTTP_1", "HTTPS_1"})
	void passesARefusedUpgradeOnAndGoesOn(Protocol protocol) throws IOException {
		sockets.answer(Answer.raw("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno"));
		try (Http1Client client = (Http1Client) protocol.connect(gatehouse)) {
			for (int i = 0; i < 3; i++) {
				Response response = client.send(Request.get("/ws").with("Connection", "Upgrade").with("Upgrade", "websocket"));
				assertEquals(403, response.status());
				assertEquals("no", response.text());
			}
		}
	}

	/** Any protocol may be upgraded to, and either side may speak first, and end its direction first. */
	@Pingoo("http.upgrade")
	@ParameterizedTest
	@EnumSource(names = {"HTTP_1", "HTTPS_1"})
	void tunnelsAnyProtocol(Protocol protocol) throws IOException {
		sockets.answer((request, connection) -> {
			connection.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: chat/7\r\nConnection: Upgrade\r\n\r\nhello");
			byte[] word = connection.input().readNBytes(4);
			connection.write(word);
			connection.close();
		});
		try (Http1Client client = (Http1Client) protocol.connect(gatehouse)) {
			client.write("GET /chat HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: chat/7\r\n\r\nword");
			Response response = client.receive("GET");
			assertEquals(101, response.status());
			assertEquals("chat/7", response.fields().get("upgrade"));
			assertEquals("helloword", Octets.text(client.read(9)));
			assertTrue(client.ended());
		}
	}

	@ParameterizedTest
	@EnumSource(names = {"HTTP_1", "HTTPS_1"})
	void endsTheClientsConnectionWhenTheUpstreamDies(Protocol protocol) throws IOException {
		sockets.answer((request, connection) -> {
			connection.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n");
			connection.input().read();
			connection.reset();
		});
		try (Http1Client client = (Http1Client) protocol.connect(gatehouse)) {
			client.write("GET /x HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n");
			assertEquals(101, client.receive("GET").status());
			client.write("!");
			assertTrue(client.ended());
		}
	}

	@ParameterizedTest
	@EnumSource(names = {"HTTP_1", "HTTPS_1"})
	void endsTheUpstreamsConnectionWhenTheClientGoes(Protocol protocol) throws Exception {
		var gone = new CountDownLatch(1);
		sockets.answer((request, connection) -> {
			connection.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n");
			try {
				connection.awaitEnd();
			} finally {
				gone.countDown();
			}
			connection.close();
		});
		try (Http1Client client = (Http1Client) protocol.connect(gatehouse)) {
			client.write("GET /x HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n");
			assertEquals(101, client.receive("GET").status());
		}
		assertTrue(gone.await(20, TimeUnit.SECONDS));
	}

	/** RFC 9113 has no Upgrade, so that a browser takes HTTP/1.1 for WebSockets. */
	@Test
	void offersNoWebSocketsOverHttp2() throws IOException {
		sockets.answer(Answer.text("plain"));
		try (Client client = Protocol.HTTPS_2.connect(gatehouse)) {
			Response response = client.send(Request.get("/ws").with("Sec-WebSocket-Version", "13"));
			assertEquals(200, response.status());
			assertFalse(response.fields().has("upgrade"));
		}
	}

	private static WebSocketClient open(Protocol protocol) throws IOException {
		return WebSocketClient.open((Http1Client) protocol.connect(gatehouse), Request.get("/socket"));
	}
}
