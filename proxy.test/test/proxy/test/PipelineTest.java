package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import proxy.fixtures.Answer;
import proxy.fixtures.Client;
import proxy.fixtures.Origin;
import proxy.fixtures.Pingoo;
import proxy.fixtures.Request;
import proxy.fixtures.Response;
import proxy.fixtures.TestGatehouse;

/** What decides of a request, and in which order. */
class PipelineTest {

	private static Origin one;
	private static Origin two;
	private static TestGatehouse gatehouse;

	@BeforeAll
	static void start() {
		one = Origin.plain((request, connection) -> Answer.text("one " + request.target()).to(request, connection));
		two = Origin.plain((request, connection) -> Answer.text("two " + request.target()).to(request, connection));
		gatehouse = TestGatehouse.configured("""
				listeners:
				  http: {address: "http://127.0.0.1:<http>", services: [unclear, exact, sorted, last]}
				  https: {address: "https://127.0.0.1:<https>", services: [unclear, exact, sorted, last]}
				services:
				  unclear:
				    route: http_request.path.starts_with("/one/") && Int(http_request.path) > 0
				    http_proxy: ["<two>"]
				  last:
				    route: http_request.host == "site.example"
				    http_proxy: ["<one>"]
				  sorted:
				    route: http_request.path.starts_with("/a%20b") || http_request.url == "/query?x=1"
				    http_proxy: ["<two>"]
				  exact:
				    route: http_request.path == "/one"
				    http_proxy: ["<one>"]
				rules:
				  first:
				    expression: http_request.path.starts_with("/rules")
				    log_only: true
				    actions: [block]
				  unclear:
				    expression: http_request.path.starts_with("/unclear") && Int(http_request.path) > 0
				    actions: [{action: block}]
				  as-unclear:
				    expression: http_request.path == "/as-unclear" && Int(http_request.path) > 0
				    actions: [{action: block}]
				  second:
				    expression: http_request.path == "/rules/blocked"
				    actions: [{action: block}]
				""").with("one", one.url()).with("two", two.url()).start();
	}

	@AfterAll
	static void stop() {
		gatehouse.close();
		one.close();
		two.close();
	}

	private static String get(Client client, String host, String target) throws IOException {
		return client.send(Request.get(target).to(host)).text();
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo("requests.host")
	void theHostHasNeitherPortNorCapitals(Protocol protocol) throws IOException {
		try (Client client = protocol.connect(gatehouse)) {
			for (String host : new String[] {"site.example", "site.example:8443", "Site.Example", "SITE.EXAMPLE:1"}) {
				assertEquals("one /", get(client, host, "/"), host);
			}
			assertEquals("404 Not Found.", get(client, "other.example", "/"));
		}
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo("requests.host-limits")
	void aHostThatCanBeNoneIsRefused(Protocol protocol) throws IOException {
		for (String host : new String[] {"a".repeat(300) + ".example", "caf\u00e9.example"}) {
			try (Client client = protocol.connect(gatehouse)) {
				Request request = Request.get("/one").to(host);
				if (protocol.isHttp2()) {
					assertEquals("no response but RST_STREAM 1", assertThrows(IOException.class, () -> client.send(request)).getMessage(), host);
				} else {
					assertEquals(400, client.send(request).status(), host);
				}
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo({"requests.path", "requests.url"})
	void routesSeeThePathWithoutSlashesAtItsEndAndTheUpstreamGetsItAsItCame(Protocol protocol) throws IOException {
		try (Client client = protocol.connect(gatehouse)) {
			assertEquals("one /one", get(client, "other.example", "/one"));
			assertEquals("one /one//?q=/", get(client, "other.example", "/one//?q=/"));
			assertEquals("two /a%20b/", get(client, "other.example", "/a%20b/"));
			assertEquals("404 Not Found.", get(client, "other.example", "/a%2520b"));
			assertEquals("two /query?x=1", get(client, "other.example", "/query?x=1"));
		}
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo({"requests.routes", "answer.no-service", "answer.cache-control", "answer.content-type"})
	void theFirstServiceInTheListenersOrderAnswers(Protocol protocol) throws IOException {
		try (Client client = protocol.connect(gatehouse)) {
			assertEquals("one /one", get(client, "site.example", "/one"));
			assertEquals("two /a%20b", get(client, "site.example", "/a%20b"));
			assertEquals("one /other", get(client, "site.example", "/other"));
			assertAnswer(404, "404 Not Found.", client.send(Request.get("/other").to("other.example")));
		}
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo({"requests.rules", "requests.order", "answer.block", "answer.cache-control", "answer.content-type"})
	void rulesComeBeforeRoutesInTheirOrder(Protocol protocol) throws IOException {
		try (Client client = protocol.connect(gatehouse)) {
			assertAnswer(403, "Permission Denied", client.send(Request.get("/rules/blocked").to("site.example")));
			assertEquals("one /rules/else", get(client, "site.example", "/rules/else"));
		}
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo("requests.rule-errors")
	void aProtectiveRuleThatCannotBeEvaluatedProtects(Protocol protocol) throws IOException {
		try (Client client = protocol.connect(gatehouse)) {
			assertAnswer(403, "Permission Denied", client.send(Request.get("/unclear").to("site.example")));
			gatehouse.log().await("expression could not be evaluated", "\"name\":\"unclear\"", "match");
		}
	}

	@Test
	void aRuleThatIsOftenUnclearDoesNotHideAnother() throws IOException {
		try (Client client = Protocol.values()[0].connect(gatehouse)) {
			for (int i = 0; i < 20; i++) {
				assertAnswer(403, "Permission Denied", client.send(Request.get("/unclear").to("site.example")));
			}
			assertAnswer(403, "Permission Denied", client.send(Request.get("/as-unclear").to("site.example")));
			gatehouse.log().await("expression could not be evaluated", "\"name\":\"as-unclear\"", "\"counts_as\":\"match\"");
		}
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo("requests.route-errors")
	void aRouteThatCannotBeEvaluatedIsNotTaken(Protocol protocol) throws IOException {
		try (Client client = protocol.connect(gatehouse)) {
			assertEquals("one /one/a", get(client, "site.example", "/one/a"));
			gatehouse.log().await("expression could not be evaluated", "\"name\":\"unclear\"", "no match");
		}
	}

	private static void assertAnswer(int status, String text, Response response) {
		assertEquals(status, response.status());
		assertEquals(text, response.text());
		assertEquals("private, no-cache, no-store, must-revalidate", response.fields().get("cache-control"));
		assertEquals("text/plain; charset=utf-8", response.fields().get("content-type"));
	}
}
