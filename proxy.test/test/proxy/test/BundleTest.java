package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import proxy.fixtures.Answer;
import proxy.fixtures.Await;
import proxy.fixtures.Client;
import proxy.fixtures.Http1Client;
import proxy.fixtures.Load;
import proxy.fixtures.Origin;
import proxy.fixtures.Request;
import proxy.fixtures.Response;
import proxy.fixtures.TestGatehouse;
import proxy.fixtures.WebSocketClient;

/** Bundles are restarted and replaced while requests are served. */
class BundleTest {

	private static Origin origin;
	private static Origin sockets;
	private static TestGatehouse gatehouse;

	private Load load;

	@BeforeAll
	static void start() {
		origin = Origin.plain(Answer.text("one"));
		sockets = Origin.plain(Answer.webSocketEcho());
		gatehouse = TestGatehouse.configured("""
				listeners:
				  http: {address: "http://127.0.0.1:<http>"}
				  https: {address: "https://127.0.0.1:<https>"}
				services:
				  sockets:
				    route: http_request.path == "/socket"
				    http_proxy: ["<sockets>"]
				  origin:
				    http_proxy: ["<origin>"]
				""").with("origin", origin.url()).with("sockets", sockets.url()).start();
	}

	@AfterAll
	static void stop() {
		gatehouse.close();
		sockets.close();
		origin.close();
	}

	@BeforeEach
	void loaded() {
		load = new Load(Duration.ofMillis(5), 10);
		for (Protocol protocol : Protocol.values()) {
			load.users(2, protocol.name(), protocol.connector(gatehouse), Request.get("/"), response ->
					response.status() == 200 && response.text().equals("one"));
		}
		load.awaitAnswered(100);
	}

	@AfterEach
	void unloaded() {
		load.close();
	}

	@ParameterizedTest
	@ValueSource(strings = {"proxy.tls.acme", "proxy.config.yaml", "proxy.log.access", "proxy.discovery.docker", "proxy.discovery.dns"})
	void aRestartLosesNoRequest(String bundle) {
		for (int i = 0; i < 3; i++) {
			assertEquals(200, gatehouse.console().bundle(bundle, "stop").statusCode());
			Await.until(bundle + " has stopped", () -> gatehouse.console().state(bundle).equals("Resolved"));
			load.awaitAnswered(20);
			assertEquals(200, gatehouse.console().bundle(bundle, "start").statusCode());
			Await.until(bundle + " has started", () -> gatehouse.console().state(bundle).equals("Active"));
			load.awaitAnswered(20);
		}
		load.endWithoutLoss();
	}

	/** What answers the console is in this bundle, so that it cannot be stopped and started from there. */
	@Test
	void replacingTheConsoleLosesNoRequest() {
		for (int i = 0; i < 3; i++) {
			gatehouse.console().update("proxy.console");
			load.awaitAnswered(20);
		}
		load.endWithoutLoss();
	}

	@Test
	void replacingTheLanguageOfRoutesLosesNoRequest() {
		for (int i = 0; i < 3; i++) {
			gatehouse.console().update("proxy.rules");
			load.awaitAnswered(50);
		}
		load.endWithoutLoss();
	}

	@Test
	void replacingWhatForwardsLosesNoRequest() {
		for (int i = 0; i < 3; i++) {
			gatehouse.console().update("proxy.upstream.http");
			load.awaitAnswered(50);
		}
		load.endWithoutLoss();
	}

	/** Every request is a handshake. */
	@Test
	void replacingTheCertificatesLosesNoHandshake() {
		load.close();
		load = new Load(Duration.ofMillis(5), 1);
		for (Protocol protocol : List.of(Protocol.HTTPS_1, Protocol.HTTPS_2)) {
			load.users(2, protocol.name(), protocol.connector(gatehouse), Request.get("/"), response -> response.status() == 200);
		}
		load.awaitAnswered(50);
		for (int i = 0; i < 3; i++) {
			gatehouse.console().update("proxy.tls.files");
			load.awaitAnswered(50);
		}
		gatehouse.console().bundle("proxy.tls.files", "stop");
		gatehouse.console().bundle("proxy.tls.files", "start");
		Await.until("it has started", () -> gatehouse.console().state("proxy.tls.files").equals("Active"));
		load.awaitAnswered(50);
		load.endWithoutLoss();
	}

	@ParameterizedTest
	@EnumSource
	void anExchangeInProgressOutlivesWhatForwardsIt(Protocol protocol) throws Exception {
		load.close();
		origin.answer((request, connection) -> {
			connection.write("HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n" + "x".repeat(100_000));
			gatehouse.console().update("proxy.upstream.http");
			connection.write("y".repeat(100_000));
		});
		try (Client client = protocol.connect(gatehouse)) {
			Response response = client.send(Request.post("/", new byte[100_000]));
			assertTrue(response.whole(), response::toString);
			assertEquals("x".repeat(100_000) + "y".repeat(100_000), response.text());
		} finally {
			origin.answer(Answer.text("one"));
		}
	}

	@Test
	void aWebSocketOutlivesWhatJoinedIt() throws Exception {
		try (WebSocketClient socket = WebSocketClient.open(
				(Http1Client) Protocol.HTTP_1.connect(gatehouse), Request.get("/socket"))) {
			socket.send("before");
			assertEquals("before", socket.receive().text());
			gatehouse.console().update("proxy.upstream.http");
			socket.send("after");
			assertEquals("after", socket.receive().text());
			socket.end();
		}
	}

	@Test
	void aStoppedBundleTakesItsRoutesAwayAndBringsThemBack() throws Exception {
		load.close();
		gatehouse.console().bundle("proxy.upstream.http", "stop");
		Await.until("no route", () -> status() == 404);
		gatehouse.console().bundle("proxy.upstream.http", "start");
		Await.until("the route is back", () -> status() == 200);
	}

	private static int status() throws Exception {
		try (Client client = Protocol.HTTP_1.connect(gatehouse)) {
			return client.send(Request.get("/")).status();
		}
	}
}
