package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import proxy.fixtures.Answer;
import proxy.fixtures.Await;
import proxy.fixtures.Client;
import proxy.fixtures.Http1Client;
import proxy.fixtures.Http2Client;
import proxy.fixtures.Http2Stream;
import proxy.fixtures.Json;
import proxy.fixtures.Octets;
import proxy.fixtures.Origin;
import proxy.fixtures.Pingoo;
import proxy.fixtures.Request;
import proxy.fixtures.TestGatehouse;
import proxy.fixtures.WebSocketClient;

/** Every exchange is in the access log, whatever became of it, and no secret is. */
class AccessLogTest {

	private static Origin origin;
	private static TestGatehouse gatehouse;
	private static Path log;

	@BeforeAll
	static void start() {
		origin = Origin.plain(Answer.echo());
		gatehouse = TestGatehouse.configured("""
				listeners:
				  http: {address: "http://127.0.0.1:<http>"}
				  https: {address: "https://127.0.0.1:<https>"}
				services:
				  refused:
				    route: http_request.path == "/refused"
				    http_proxy: ["http://127.0.0.1:<nobody>"]
				  origin:
				    route: http_request.path != "/nowhere"
				    http_proxy: ["<origin>"]
				rules:
				  secrets:
				    expression: http_request.path == "/.git/config"
				    actions: [{action: block}]
				access_log:
				  path: access.log
				""").with("origin", origin.url()).start();
		log = gatehouse.data().resolve("access.log");
	}

	@AfterAll
	static void stop() {
		gatehouse.close();
		origin.close();
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo("log.access")
	void everyExchangeIsLogged(Protocol protocol) throws Exception {
		String mark = "?" + protocol;
		origin.answer(Answer.text("twelve bytes"));
		try (Client client = protocol.connect(gatehouse)) {
			client.send(Request.post("/served" + mark, new byte[7]).to("api.example.com").with("User-Agent", "caf\u00e9 \"1\""));
			client.send(Request.get("/.git/config" + mark));
			client.send(Request.get("/nowhere" + mark));
			client.send(Request.get("/refused" + mark));
		}
		origin.answer(Answer.rawAndClose("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\ncut"));
		try (Client client = protocol.connect(gatehouse)) {
			client.send(Request.get("/broken-off" + mark));
		}
		abandon(protocol, "/abandoned" + mark);

		Map<String, Object> served = entry("/served" + mark);
		assertEquals(200L, served.get("status"));
		assertEquals("POST", served.get("method"));
		assertEquals("api.example.com", served.get("host"));
		assertEquals("127.0.0.1", served.get("client"));
		assertEquals(protocol.isTls() ? "https" : "http", served.get("listener"));
		assertEquals(protocol.isHttp2() ? "HTTP/2" : "HTTP/1.1", served.get("protocol"));
		assertEquals(7L, served.get("received"));
		assertEquals(12L, served.get("sent"));
		assertEquals("origin", served.get("service"));
		assertTrue(String.valueOf(served.get("upstream")).endsWith(":" + origin.port()), served::toString);
		assertEquals(protocol.isTls() ? "TLSv1.3" : null, served.get("tls"));
		assertEquals(403L, entry("/.git/config" + mark).get("status"));
		assertEquals(404L, entry("/nowhere" + mark).get("status"));
		assertEquals(502L, entry("/refused" + mark).get("status"));
		assertEquals("connect_failed", entry("/refused" + mark).get("failure"));
		assertEquals("upstream_closed", entry("/broken-off" + mark).get("failure"));
		assertEquals(200L, entry("/broken-off" + mark).get("status"));
		assertEquals("client_gone", entry("/abandoned" + mark).get("failure"));
	}

	private static void abandon(Protocol protocol, String target) throws Exception {
		CountDownLatch received = new CountDownLatch(1);
		origin.answer((request, connection) -> {
			received.countDown();
			connection.awaitEnd();
			connection.close();
		});
		try (Client client = protocol.connect(gatehouse)) {
			if (client instanceof Http1Client http1) {
				http1.write(Request.get(target).http1Head());
				assertTrue(received.await(20, TimeUnit.SECONDS));
			} else {
				Http2Stream stream = ((Http2Client) client).start(Request.get(target));
				assertTrue(received.await(20, TimeUnit.SECONDS));
				stream.reset(8);
			}
		}
	}

	@Test
	void aRequestThatIsNoneIsLogged() throws IOException {
		try (Http1Client client = Http1Client.plain(gatehouse.port("http"))) {
			assertEquals(400, client.write("GET /bad HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n").receive("GET").status());
		}
		Await.until("it is logged", () -> lines().stream().map(Json::object).anyMatch(line -> "bad_request".equals(line.get("failure"))));
	}

	@Test
	void aWebSocketIsLoggedWhenItEnds() throws IOException {
		origin.answer(Answer.webSocketEcho());
		try (WebSocketClient socket =
				WebSocketClient.open((Http1Client) Protocol.HTTP_1.connect(gatehouse), Request.get("/socket"))) {
			socket.send("x".repeat(1000));
			socket.receive();
			socket.end();
		}
		Map<String, Object> entry = entry("/socket");
		assertEquals(101L, entry.get("status"));
		assertTrue((Long) entry.get("received") > 1000, entry::toString);
		assertTrue((Long) entry.get("sent") > 1000, entry::toString);
	}

	@ParameterizedTest
	@EnumSource
	void noSecretIsLogged(Protocol protocol) throws IOException {
		origin.answer(Answer.echo());
		String key = "YZSl4lMZupRuOpSRC3krIKR5BPB14nrJ";
		try (Client client = protocol.connect(gatehouse)) {
			for (String target : List.of(
					"/api/v1/stats?token=" + key,
					"/api/v1/stats?a=b&token=" + key + "&c=d",
					"/announce/" + key + "?info_hash=x",
					"/scrape/" + key,
					"/api/v1/key/" + key)) {
				assertEquals(target, client.send(Request.get(target).with("Referer", "https://example.com" + target)).echo().target());
			}
			client.send(Request.get("/secrets-end-" + protocol));
		}
		entry("/secrets-end-" + protocol);
		assertFalse(Files.readString(log, StandardCharsets.UTF_8).contains(key));
		assertTrue(lines().stream().anyMatch(line -> line.contains("/api/v1/stats?a=b&token=***&c=d")));
		assertFalse(gatehouse.log().any(key), "a secret in the gateway's own log");
	}

	@ParameterizedTest
	@EnumSource
	void everyLineIsJsonWhateverIsAskedFor(Protocol protocol) throws IOException {
		origin.answer(Answer.text("ok"));
		try (Client client = protocol.connect(gatehouse)) {
			for (char octet = 0x21; octet < 256; octet++) {
				if (octet != 0x7F && octet != '#') {
					client.send(Request.get("/odd/" + octet + "?" + protocol).with("User-Agent", "x" + octet + "\""));
				}
			}
			client.send(Request.get("/odd-end-" + protocol));
		}
		entry("/odd-end-" + protocol);
		lines().forEach(Json::object);
	}

	/** The one line about the target; waits for it. */
	private static Map<String, Object> entry(String target) throws IOException {
		Await.until(target + " is logged", () -> !entries(target).isEmpty());
		List<Map<String, Object>> entries = entries(target);
		assertEquals(1, entries.size(), entries::toString);
		return entries.get(0);
	}

	private static List<Map<String, Object>> entries(String target) throws IOException {
		return lines().stream()
				.filter(line -> line.contains(target.substring(1)))
				.map(Json::object)
				.filter(line -> target.equals(line.get("target")))
				.toList();
	}

	/** The lines that are complete. */
	private static List<String> lines() throws IOException {
		String text = Octets.text(Files.exists(log) ? Files.readAllBytes(log) : new byte[0]);
		return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
	}
}
