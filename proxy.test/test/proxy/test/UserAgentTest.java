package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import proxy.fixtures.Answer;
import proxy.fixtures.Await;
import proxy.fixtures.Client;
import proxy.fixtures.Origin;
import proxy.fixtures.Pingoo;
import proxy.fixtures.Request;
import proxy.fixtures.Response;
import proxy.fixtures.TestGatehouse;

/** Requests that do not say which program sends them. */
class UserAgentTest {

	private static final String YAML = """
			listeners:
			  http: {address: "http://127.0.0.1:<http>"}
			  https: {address: "https://127.0.0.1:<https>"}
			services:
			  app:
			    http_proxy: ["<origin>"]
			rules:
			  people:
			    expression: http_request.path == "/people"
			    actions: [{action: captcha}]
			""";

	private static Origin origin;
	private static TestGatehouse pingoo;

	@BeforeAll
	static void start() {
		origin = Origin.plain(Answer.text("let in"));
		pingoo = TestGatehouse.configured(YAML).file("pingoo.yml").with("origin", origin.url()).start();
	}

	@AfterAll
	static void stop() {
		pingoo.close();
		origin.close();
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo({"requests.user-agent", "requests.order", "answer.user-agent", "answer.cache-control"})
	void areRefusedBeforeAnythingElseWhereTheFileIsPingoos(Protocol protocol) throws IOException {
		try (Client client = protocol.connect(pingoo)) {
			for (String target : new String[] {"/", "/people", Visitor.INIT, "/health_check"}) {
				assertRefused(client.send(Request.get(target)));
				assertRefused(client.send(Request.get(target).with("User-Agent", "")));
				assertRefused(client.send(Request.get(target).with("User-Agent", "a".repeat(256))));
				assertRefused(client.send(Request.get(target).with("User-Agent", "a".repeat(2000))));
				assertRefused(client.send(Request.get(target).with("User-Agent", "caf\u00e9")));
			}
			assertEquals("let in", client.send(Request.get("/").with("User-Agent", "Wget")).text());
			assertEquals("let in", client.send(Request.get("/").with("User-Agent", "a".repeat(255))).text());
			assertEquals(200, client.send(Request.get(Visitor.INIT).with("User-Agent", "Wget")).status());
		}
	}

	private static void assertRefused(Response response) {
		assertEquals(403, response.status());
		assertEquals("Permission Denied", response.text());
		assertEquals("private, no-cache, no-store, must-revalidate", response.fields().get("cache-control"));
	}

	@Test
	@Pingoo("requests.user-agent-setting")
	void areServedWhereAPingooFileSaysSoAndAnywhereElse() throws IOException {
		try (TestGatehouse own = TestGatehouse.configured(YAML).with("origin", origin.url()).start();
				Client client = Protocol.HTTP_1.connect(own)) {
			assertEquals("let in", client.send(Request.get("/")).text());
			own.configure(YAML + "user_agent: {required: true}\n");
			Await.until("the setting is in force", () -> client.send(Request.get("/")).status() == 403);
			own.configure(YAML);
			Await.until("the setting is gone", () -> client.send(Request.get("/")).status() == 200);
		}
		try (TestGatehouse tracker = TestGatehouse.configured(YAML + "user_agent: {required: false}\n").file("pingoo.yml")
						.with("origin", origin.url()).start();
				Client client = Protocol.HTTP_1.connect(tracker)) {
			assertEquals("let in", client.send(Request.get("/announce?info_hash=%00")).text());
			tracker.configure(YAML);
			Await.until("Pingoo's way is in force", () -> client.send(Request.get("/")).status() == 403);
		}
	}
}
