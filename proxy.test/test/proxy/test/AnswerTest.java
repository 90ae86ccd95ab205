package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import proxy.fixtures.Answer;
import proxy.fixtures.Client;
import proxy.fixtures.Http1Client;
import proxy.fixtures.Origin;
import proxy.fixtures.Pingoo;
import proxy.fixtures.Request;
import proxy.fixtures.Response;
import proxy.fixtures.TestGatehouse;

/** What routes know of a request, and what the gateway says itself when no service answers. */
class AnswerTest {

	private static Origin origin;
	private static TestGatehouse gatehouse;

	@BeforeAll
	static void start() {
		origin = Origin.plain(Answer.text("the last"));
		gatehouse = TestGatehouse.configured("""
				listeners:
				  http: {address: "http://127.0.0.1:<http>"}
				  https: {address: "https://127.0.0.1:<https>"}
				services:
				  pingoo:
				    route: >
				      http_request.host == "api.example.com" && http_request.method == "GET" && http_request.path == "/known"
				      && http_request.url.ends_with("/known?a=1") && http_request.user_agent == "somebody/1"
				      && client.ip == Ip("127.0.0.1") && client.remote_port > 0 && client.asn == 0 && client.country == "XX"
				    http_proxy: []
				  more:
				    route: http_request.headers["x-version"] == "2" && http_request.query["a"] == "1" && listener.starts_with("http")
				    http_proxy: []
				  failing:
				    route: http_request.path == "/failing"
				    http_proxy: ["http://127.0.0.1:<nobody>"]
				  last:
				    route: http_request.path != "/nowhere"
				    http_proxy: ["<origin>"]
				""").with("origin", origin.url()).start();
	}

	@AfterAll
	static void stop() {
		gatehouse.close();
		origin.close();
	}

	@Pingoo("requests.variables")
	@ParameterizedTest
	@EnumSource
	void routesKnowWhatPingoosKnow(Protocol protocol) throws IOException {
		Request request = Request.get("/known?a=1").to("api.example.com").with("User-Agent", "somebody/1");
		assertEquals(503, send(protocol, request).status());
		assertEquals(200, send(protocol, request.to("other.example.com")).status());
		assertEquals(200, send(protocol, Request.get("/known?a=1").to("api.example.com").with("User-Agent", "else/1")).status());
	}

	@Pingoo("requests.variables")
	@ParameterizedTest
	@EnumSource
	void routesKnowMore(Protocol protocol) throws IOException {
		assertEquals(503, send(protocol, Request.get("/?a=1").with("X-Version", "2")).status());
		assertEquals(200, send(protocol, Request.get("/?a=2").with("X-Version", "2")).status());
	}

	@Pingoo("requests.no-second-service")
	@ParameterizedTest
	@EnumSource
	void theServiceThatFailsIsTheOneThatWasChosen(Protocol protocol) throws IOException {
		assertEquals(502, send(protocol, Request.get("/failing")).status());
		assertEquals("the last", send(protocol, Request.get("/other")).text());
	}

	@Pingoo("answer.fields")
	@ParameterizedTest
	@EnumSource
	void itsOwnAnswersHaveADateAndNoServer(Protocol protocol) throws IOException {
		Response response = send(protocol, Request.get("/nowhere"));
		assertEquals(404, response.status());
		assertEquals("404 Not Found.", response.text());
		assertEquals("private, no-cache, no-store, must-revalidate", response.fields().get("cache-control"));
		assertTrue(response.fields().has("date"), response::toString);
		assertFalse(response.fields().has("server"), response::toString);
	}

	@Pingoo("answer.malformed")
	@ParameterizedTest
	@EnumSource(names = {"HTTP_1", "HTTPS_1"})
	void whatIsNoHttpRequestIsRefused(Protocol protocol) throws IOException {
		assertEquals(400, answer(protocol, "GET / HTTP/1.1\r\nHost : localhost\r\n\r\n").status());
		assertEquals(400, answer(protocol, "GET / HTTP/1.1\r\n\r\n").status());
		assertEquals(431, answer(protocol, "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(33_000) + "\r\n\r\n").status());
	}

	/** What comes at once fills several TLS records, of which one read takes some. */
	@ParameterizedTest
	@EnumSource(names = {"HTTP_1", "HTTPS_1"})
	void aHeadThatIsTooLargeIsRefusedHoweverItArrives(Protocol protocol) throws IOException {
		for (int octets = 32_768; octets < 33_768; octets += 25) {
			assertEquals(431, answer(protocol, "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(octets) + "\r\n\r\n").status());
		}
	}

	private static Response answer(Protocol protocol, String octets) throws IOException {
		try (Http1Client client = (Http1Client) protocol.connect(gatehouse)) {
			return client.write(octets).receive("GET");
		}
	}

	private static Response send(Protocol protocol, Request request) throws IOException {
		try (Client client = protocol.connect(gatehouse)) {
			return client.send(request);
		}
	}
}
