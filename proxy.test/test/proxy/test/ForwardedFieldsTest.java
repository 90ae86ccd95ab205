package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import proxy.fixtures.Answer;
import proxy.fixtures.Client;
import proxy.fixtures.Fields;
import proxy.fixtures.Origin;
import proxy.fixtures.Pingoo;
import proxy.fixtures.ReceivedRequest;
import proxy.fixtures.Request;
import proxy.fixtures.Response;
import proxy.fixtures.TestGatehouse;

/** What the upstream learns of the client, what it must not be told by the client, and what passes untouched. */
class ForwardedFieldsTest {

	private static Origin origin;
	private static TestGatehouse gatehouse;

	@BeforeAll
	static void start() {
		origin = Origin.plain(Answer.echo());
		gatehouse = Gateways.echoing(origin);
	}

	@AfterAll
	static void stop() {
		gatehouse.close();
		origin.close();
	}

	@Pingoo({"http.host", "http.x-forwarded-proto", "http.client-ip"})
	@ParameterizedTest
	@EnumSource
	void tellsTheUpstreamWhoAsksForWhat(Protocol protocol) throws IOException {
		ReceivedRequest seen = seen(protocol, Request.get("/").to("api.example.com:8443"));
		assertEquals(List.of("api.example.com:8443"), seen.fields().all("host"));
		assertEquals(List.of("api.example.com:8443"), seen.fields().all("x-forwarded-host"));
		assertEquals(List.of(protocol.isTls() ? "https" : "http"), seen.fields().all("x-forwarded-proto"));
		assertEquals(List.of("127.0.0.1"), seen.fields().all("x-forwarded-for"));
		assertEquals(List.of("127.0.0.1"), seen.fields().all("pingoo-client-ip"));
	}

	@Pingoo({"http.x-forwarded-for", "http.x-forwarded-proto", "http.client-ip", "http.client-country"})
	@ParameterizedTest
	@EnumSource
	void doesNotBelieveWhatAnUntrustedPeerSaysOfItself(Protocol protocol) throws IOException {
		ReceivedRequest seen = seen(protocol, Request.get("/")
				.with("X-Forwarded-For", "1.2.3.4")
				.with("x-forwarded-for", "5.6.7.8, 9.10.11.12")
				.with("X-Forwarded-Host", "evil.example")
				.with("X-Forwarded-Proto", "gopher")
				.with("Pingoo-Client-IP", "1.2.3.4")
				.with("Pingoo-Client-Country", "ZZ")
				.with("Pingoo-Client-ASN", "64512"));
		assertEquals(List.of("127.0.0.1"), seen.fields().all("x-forwarded-for"));
		assertEquals(List.of("localhost"), seen.fields().all("x-forwarded-host"));
		assertEquals(List.of(protocol.isTls() ? "https" : "http"), seen.fields().all("x-forwarded-proto"));
		assertEquals(List.of("127.0.0.1"), seen.fields().all("pingoo-client-ip"));
		assertFalse(seen.fields().all("pingoo-client-country").contains("ZZ"), seen::toString);
		assertFalse(seen.fields().all("pingoo-client-asn").contains("64512"), seen::toString);
	}

	@Pingoo("http.spoofing")
	@ParameterizedTest
	@EnumSource
	void doesNotPassOnWhatAnUntrustedPeerSaysInOtherProxiesFields(Protocol protocol) throws IOException {
		ReceivedRequest seen = seen(protocol, ofOtherProxies()
				.with("X_Real_IP", "1.2.3.4")
				.with("x-real_ip", "1.2.3.4")
				.with("X_Forwarded_Port", "1"));
		assertEquals(List.of("forwarded-by", "x-real-ips"), seen.fields().lines().stream()
				.map(line -> line.name().toLowerCase(Locale.ROOT))
				.filter(name -> name.matches("forwarded.*|x.real.*|x.forwarded.port")).toList());
	}

	@Pingoo("http.spoofing")
	@ParameterizedTest
	@EnumSource
	void passesOnWhatATrustedProxySaysInFieldsOfItsOwn(Protocol protocol) throws IOException {
		try (TestGatehouse trusting = Gateways.trusting(origin); Client client = protocol.connect(trusting)) {
			Fields seen = client.send(ofOtherProxies()).echo().fields();
			assertEquals(List.of("for=1.2.3.4;proto=https", "for=5.6.7.8"), seen.all("forwarded"));
			assertEquals(List.of("1.2.3.4"), seen.all("x-real-ip"));
			assertEquals(List.of("8443"), seen.all("x-forwarded-port"));
		}
	}

	private static Request ofOtherProxies() {
		return Request.get("/")
				.with("Forwarded", "for=1.2.3.4;proto=https")
				.with("forwarded", "for=5.6.7.8")
				.with("X-Real-IP", "1.2.3.4")
				.with("X-Forwarded-Port", "8443")
				.with("Forwarded-By", "1")
				.with("X-Real-IPs", "2");
	}

	@Pingoo("http.lookalikes")
	/** Behind interfaces like CGI, an upstream cannot tell underscores from hyphens. */
	@ParameterizedTest
	@EnumSource
	void doesNotLetLookalikesOfItsOwnFieldsPass(Protocol protocol) throws IOException {
		ReceivedRequest seen = seen(protocol, Request.get("/")
				.with("X_Forwarded_For", "1.2.3.4")
				.with("X-Forwarded_Proto", "gopher")
				.with("Pingoo_Client_IP", "1.2.3.4")
				.with("pingoo-client_country", "ZZ")
				.with("Pingoo_Client-ASN", "64512")
				.with("Content_Length", "5")
				.with("Transfer_Encoding", "chunked")
				.with("Pingoo_Client_Number", "1")
				.with("X_Real_Thing", "2"));
		assertEquals(List.of("pingoo_client_number", "x_real_thing"), seen.fields().lines().stream()
				.map(line -> line.name().toLowerCase(Locale.ROOT)).filter(name -> name.contains("_")).toList());
	}

	@Pingoo("http.request-fields")
	@ParameterizedTest
	@EnumSource
	void keepsOtherRequestFieldsOctetForOctetAndInOrder(Protocol protocol) throws IOException {
		Fields sent = Fields.NONE
				.and("X-First", "a")
				.and("Accept", "*/*")
				.and("x-Odd_name.~", "  inner   spaces\tand tab".strip())
				.and("X-Latin", "caf\u00e9 \u00ff")
				.and("X-Empty", "")
				.and("X-Twice", "1")
				.and("Referer", "https://example.com/?a=\"b\"")
				.and("X-Twice", "2");
		Request request = Request.get("/");
		for (Fields.Line line : sent.lines()) {
			request = request.with(line.name(), line.value());
		}
		List<Fields.Line> received = seen(protocol, request).fields().lines().stream()
				.filter(line -> sent.has(line.name()))
				.toList();
		assertEquals(
				sent.lines().stream()
						.map(line -> protocol.isHttp2() ? new Fields.Line(line.name().toLowerCase(Locale.ROOT), line.value()) : line)
						.toList(),
				received);
	}

	@Pingoo({"http.request-hop-by-hop", "http.connection-options", "http.te"})
	@ParameterizedTest
	@EnumSource(names = {"HTTP_1", "HTTPS_1"})
	void dropsWhatBelongsToTheClientsConnection(Protocol protocol) throws IOException {
		ReceivedRequest seen = seen(protocol, Request.get("/")
				.with("Connection", "keep-alive, X-Hop")
				.with("X-Hop", "1")
				.with("Keep-Alive", "timeout=5")
				.with("Proxy-Connection", "keep-alive")
				.with("Proxy-Authorization", "Basic YTpi")
				.with("Proxy-Authenticate", "Basic")
				.with("TE", "gzip, trailers")
				.with("Trailer", "X-Checksum")
				.with("Upgrade", "websocket")
				.with("Authorization", "Bearer stays"));
		for (String name : List.of("x-hop", "keep-alive", "proxy-connection", "proxy-authorization", "proxy-authenticate", "te", "trailer",
				"upgrade", "connection")) {
			assertFalse(seen.fields().has(name), () -> name + " in " + seen);
		}
		assertEquals("Bearer stays", seen.fields().get("authorization"));
	}

	@ParameterizedTest
	@EnumSource
	void letsAnyAndNoUserAgentPass(Protocol protocol) throws IOException {
		assertFalse(seen(protocol, Request.get("/health_check")).fields().has("user-agent"));
		assertEquals("", seen(protocol, Request.get("/announce").with("User-Agent", "")).fields().get("user-agent"));
		String longAgent = "x".repeat(300);
		assertEquals(longAgent, seen(protocol, Request.get("/").with("User-Agent", longAgent)).fields().get("user-agent"));
	}

	@Pingoo({"http.response-fields", "http.response-hop-by-hop"})
	@ParameterizedTest
	@EnumSource
	void keepsResponseFieldsButThoseOfTheUpstreamsConnection(Protocol protocol) throws IOException {
		origin.answer(Answer.raw("HTTP/1.1 200 Fine\r\nContent-Length: 2\r\nConnection: X-Hop\r\n"
				+ "X-Hop: 1\r\nKeep-Alive: timeout=5\r\nSet-Cookie: a=1\r\nX-Accel-Redirect: /secret\r\nAlt-Svc: h3=\":443\"\r\n"
				+ "X-Accel-Buffering: no\r\nX-Accel-Charset: utf-8\r\nX-Accel-Limit-Rate: 1\r\n"
				+ "Set-Cookie: b=2; Path=/\r\nETag: \"caf\u00e9\"\r\nLocation: http://upstream.internal:1212/x\r\n\r\nok"));
		try (Client client = protocol.connect(gatehouse)) {
			Response response = client.send(Request.get("/"));
			assertEquals(200, response.status());
			assertEquals("ok", response.text());
			assertEquals(List.of("a=1", "b=2; Path=/"), response.fields().all("set-cookie"));
			assertEquals(List.of("\"caf\u00e9\""), response.fields().all("etag"));
			assertEquals(List.of("http://upstream.internal:1212/x"), response.fields().all("location"));
			for (String name : List.of("x-hop", "keep-alive", "x-accel-redirect", "x-accel-buffering", "x-accel-charset",
					"x-accel-limit-rate", "alt-svc")) {
				assertFalse(response.fields().has(name), response::toString);
			}
		} finally {
			origin.answer(Answer.echo());
		}
	}

	private static ReceivedRequest seen(Protocol protocol, Request request) throws IOException {
		try (Client client = protocol.connect(gatehouse)) {
			Response response = client.send(request);
			assertEquals(200, response.status(), response::toString);
			return response.echo();
		}
	}
}
