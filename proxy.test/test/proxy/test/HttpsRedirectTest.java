package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
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

/** What comes by http is sent to https, if that is wanted. */
class HttpsRedirectTest {

	private static final String YAML = """
			listeners:
			  http: {address: "http://127.0.0.1:<http>", https_redirect: true}
			  https: {address: "https://127.0.0.1:<https>"}
			services:
			  origin:
			    http_proxy: ["<origin>"]
			""";

	private static Origin origin;
	private static TestGatehouse gatehouse;

	@BeforeAll
	static void start() {
		origin = Origin.plain(Answer.text("origin"));
		gatehouse = TestGatehouse.configured(YAML).with("origin", origin.url()).start();
	}

	@AfterAll
	static void stop() {
		gatehouse.close();
		origin.close();
	}

	@BeforeEach
	void configure() {
		gatehouse.configure(YAML);
		Await.until("the redirect is there", () -> "https://www.example.com/".equals(location(Request.get("/").to("www.example.com"))));
	}

	private static Response send(Protocol protocol, Request request) throws IOException {
		try (Client client = protocol.connect(gatehouse)) {
			return client.send(request);
		}
	}

	private static String location(Request request) throws IOException {
		return send(Protocol.HTTP_1, request).fields().get("location");
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo("tls.redirect")
	void onlyHttpIsRedirected(Protocol protocol) throws Exception {
		Response response = send(protocol, Request.get("/").to("www.example.com"));
		assertEquals(protocol.isTls() ? 200 : 308, response.status());
	}

	@Test
	void hostAndTargetStay() throws Exception {
		assertEquals("https://www.example.com/a%20b/c?d=e&f", location(Request.get("/a%20b/c?d=e&f").to("www.example.com:8080")));
		assertEquals("https://[2001:db8::1]/", location(Request.get("/").to("[2001:db8::1]:80")));
		assertEquals("https://www.example.com//evil.example/", location(Request.get("//evil.example/").to("www.example.com")));
		assertEquals("https://www.example.com/form", location(Request.post("/form", new byte[10_000]).to("www.example.com")));
	}

	@Test
	void theConnectionGoesOn() throws Exception {
		try (Client client = Protocol.HTTP_1.connect(gatehouse)) {
			for (int i = 0; i < 3; i++) {
				assertEquals(308, client.send(Request.get("/" + i)).status());
			}
		}
	}

	@Test
	void aPortOtherThan443IsNamedAndAllOfItCanBeTurnedOff() throws Exception {
		gatehouse.configure(YAML.replace("true", "true, https_redirect_port: 8443"));
		Await.until("the port is named", () ->
				"https://www.example.com:8443/".equals(location(Request.get("/").to("www.example.com"))));
		gatehouse.configure(YAML.replace("true", "false"));
		Await.until("the origin answers", () -> send(Protocol.HTTP_1, Request.get("/")).status() == 200);
	}

	@Test
	void anHttpsListenerDoesNotRedirectToItself() throws Exception {
		gatehouse.configure(YAML.replace("\"https://127.0.0.1:<https>\"", "\"https://127.0.0.1:<https>\", https_redirect: true"));
		gatehouse.log().await("listeners.https.https_redirect: only an http listener can redirect to https");
		assertEquals(200, send(Protocol.HTTPS_1, Request.get("/")).status());
	}
}
