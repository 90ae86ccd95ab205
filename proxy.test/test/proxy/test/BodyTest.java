package proxy.test;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import proxy.fixtures.Answer;
import proxy.fixtures.Client;
import proxy.fixtures.Http1Client;
import proxy.fixtures.Octets;
import proxy.fixtures.Origin;
import proxy.fixtures.OriginConnection;
import proxy.fixtures.Pingoo;
import proxy.fixtures.ReceivedRequest;
import proxy.fixtures.Request;
import proxy.fixtures.Response;
import proxy.fixtures.TestGatehouse;

/** Content passes whole, in both directions, however it is delimited. */
class BodyTest {

	private static final int[] SIZES = {0, 1, 255, 16_384, 65_536, 1_000_003};
	private static final int LARGE = 10 << 20;

	private static Origin origin;
	private static TestGatehouse gatehouse;

	@BeforeAll
	static void start() {
		origin = Origin.plain(BodyTest::answer);
		gatehouse = Gateways.echoing(origin);
	}

	@AfterAll
	static void stop() {
		gatehouse.close();
		origin.close();
	}

	/** Gives back the request's content, delimited in the way that the path names. */
	private static void answer(ReceivedRequest request, OriginConnection connection) throws IOException {
		byte[] content = request.content();
		switch (request.target()) {
			case "/length" -> {
				connection.write("HTTP/1.1 200 OK\r\nContent-Length: " + content.length + "\r\n\r\n");
				connection.write(content);
			}
			case "/chunks" -> {
				connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
				connection.write(Request.post("/", content).inChunks().http1Content());
			}
			case "/close" -> {
				connection.write("HTTP/1.1 200 OK\r\n\r\n");
				connection.write(content);
				connection.close();
			}
			case "/old" -> {
				connection.write("HTTP/1.0 200 OK\r\n\r\n");
				connection.write(content);
				connection.close();
			}
			case "/trailers" -> {
				connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n");
				connection.write(Request.post("/", content).trailer("X-Sum", "caf\u00e9").http1Content());
			}
			default -> Answer.echo().to(request, connection);
		}
	}

	@ParameterizedTest
	@EnumSource
	void passesContentOfAnySizeUpAndDown(Protocol protocol) throws IOException {
		for (String delimited : List.of("/length", "/chunks", "/close", "/old", "/trailers")) {
			for (int size : SIZES) {
				byte[] content = Octets.random(size, size);
				try (Client client = protocol.connect(gatehouse)) {
					for (Request request : List.of(Request.post(delimited, content), Request.post(delimited, content).inChunks())) {
						String what = delimited + " " + size + (request.chunked() ? " in chunks" : "");
						Response response = client.send(request);
						assertEquals(200, response.status(), what);
						assertTrue(response.whole(), what);
						assertArrayEquals(content, response.content(), what);
						if (response.fields().lists("connection", "close")) {
							break;
						}
					}
				}
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void passesTenMegabytesBothWays(Protocol protocol) throws IOException {
		byte[] content = Octets.random(LARGE, 1);
		for (String delimited : List.of("/length", "/chunks")) {
			try (Client client = protocol.connect(gatehouse)) {
				Response response = client.send(Request.post(delimited, content));
				assertEquals(200, response.status());
				assertTrue(response.whole(), delimited);
				assertArrayEquals(content, response.content());
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void keepsTheLengthThatTheUpstreamSays(Protocol protocol) throws IOException {
		try (Client client = protocol.connect(gatehouse)) {
			assertEquals("7", client.send(Request.post("/length", new byte[7])).fields().get("content-length"));
		}
	}

	@Pingoo("http.trailers")
	@ParameterizedTest
	@EnumSource
	void passesTrailersOfTheRequest(Protocol protocol) throws IOException {
		try (Client client = protocol.connect(gatehouse)) {
			Response response = client.send(Request.post("/echo", Octets.of("abc")).trailer("X-Checksum", "900150983cd24fb0"));
			assertEquals(200, response.status());
			assertEquals("abc", Octets.text(content(response.echo())));
			assertEquals("900150983cd24fb0", response.echo().trailers().get("x-checksum"));
		}
	}

	@Pingoo("http.trailers")
	@ParameterizedTest
	@EnumSource
	void passesTrailersOfTheResponse(Protocol protocol) throws IOException {
		try (Client client = protocol.connect(gatehouse)) {
			Response response = client.send(Request.post("/trailers", Octets.of("abc")).with("TE", "trailers"));
			assertEquals("abc", response.text());
			assertEquals("caf\u00e9", response.trailers().get("x-sum"));
		}
	}

	@ParameterizedTest
	@EnumSource
	void sendsNoContentInAnswerToHead(Protocol protocol) throws IOException {
		origin.answer((request, connection) -> {
			if (request.method().equals("HEAD")) {
				connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1234\r\nX-Head: yes\r\n\r\n");
			} else {
				Answer.echo().to(request, connection);
			}
		});
		try (Client client = protocol.connect(gatehouse)) {
			Response head = client.send(Request.of("HEAD", "/"));
			assertEquals(200, head.status());
			assertEquals("1234", head.fields().get("content-length"));
			assertEquals("yes", head.fields().get("x-head"));
			assertEquals(0, head.content().length);
			assertEquals("/next", client.send(Request.get("/next")).echo().target());
		} finally {
			origin.answer(BodyTest::answer);
		}
	}

	@ParameterizedTest
	@EnumSource
	void sendsNoContentWithStatus204And304(Protocol protocol) throws IOException {
		origin.answer((request, connection) -> {
			switch (request.target()) {
				case "/204" -> connection.write("HTTP/1.1 204 No Content\r\nX-Kept: 1\r\n\r\n");
				case "/304" -> connection.write("HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\nContent-Length: 99\r\n\r\n");
				default -> Answer.echo().to(request, connection);
			}
		});
		try (Client client = protocol.connect(gatehouse)) {
			Response none = client.send(Request.get("/204"));
			assertEquals(204, none.status());
			assertEquals("1", none.fields().get("x-kept"));
			assertFalse(none.fields().has("content-length"), none::toString);
			assertFalse(none.fields().has("transfer-encoding"), none::toString);
			Response unchanged = client.send(Request.get("/304"));
			assertEquals(304, unchanged.status());
			assertEquals("\"x\"", unchanged.fields().get("etag"));
			assertEquals("/next", client.send(Request.get("/next")).echo().target());
		} finally {
			origin.answer(BodyTest::answer);
		}
	}

	@ParameterizedTest
	@EnumSource
	void passesContentOfAnyMethod(Protocol protocol) throws IOException {
		try (Client client = protocol.connect(gatehouse)) {
			for (String method : List.of("GET", "PUT", "PATCH", "DELETE", "OPTIONS", "REPORT")) {
				ReceivedRequest seen = client.send(Request.of(method, "/x").content(Octets.of("{}"))).echo();
				assertEquals(method, seen.method());
				assertEquals("{}", Octets.text(content(seen)), method);
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void addsNoContentToRequestsThatHaveNone(Protocol protocol) throws IOException {
		try (Client client = protocol.connect(gatehouse)) {
			for (String method : List.of("GET", "DELETE", "OPTIONS")) {
				ReceivedRequest seen = client.send(Request.of(method, "/x")).echo();
				assertFalse(seen.fields().has("transfer-encoding"), seen::toString);
				assertFalse(seen.fields().has("content-length"), seen::toString);
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void passesEmptyContent(Protocol protocol) throws IOException {
		try (Client client = protocol.connect(gatehouse)) {
			for (Request empty : List.of(Request.post("/x", new byte[0]), Request.post("/x", new byte[0]).inChunks())) {
				assertEquals(0, content(client.send(empty).echo()).length);
			}
		}
	}

	@ParameterizedTest
	@EnumSource(names = {"HTTP_1", "HTTPS_1"})
	void answersPipelinedRequestsInTheirOrder(Protocol protocol) throws IOException {
		try (Http1Client client = (Http1Client) protocol.connect(gatehouse)) {
			StringBuilder pipeline = new StringBuilder();
			for (int i = 0; i < 50; i++) {
				pipeline.append(i % 3 == 0
						? "POST /" + i + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc"
						: "GET /" + i + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
			}
			client.write(pipeline.toString());
			for (int i = 0; i < 50; i++) {
				assertEquals("/" + i, client.receive("GET").echo().target());
			}
		}
	}

	@ParameterizedTest
	@EnumSource(names = {"HTTP_1", "HTTPS_1"})
	void takesARequestInSinglePieces(Protocol protocol) throws IOException {
		try (Http1Client client = (Http1Client) protocol.connect(gatehouse)) {
			Request request = Request.post("/pieces?x=1", Octets.of("hello")).trailer("X-T", "1").with("X-A", "b");
			for (byte[] part : List.of(request.http1Head(), request.http1Content())) {
				for (byte octet : part) {
					client.write(new byte[] {octet});
				}
			}
			ReceivedRequest seen = client.receive("POST").echo();
			assertEquals("/pieces?x=1", seen.target());
			assertEquals("hello", Octets.text(content(seen)));
		}
	}

	@Test
	void answersAnHttp10ClientWithoutChunks() throws IOException {
		for (String target : List.of("/chunks", "/length", "/close")) {
			try (Http1Client client = Http1Client.plain(gatehouse.port("http"))) {
				client.write("POST " + target + " HTTP/1.0\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello");
				Response response = client.receive("POST");
				assertEquals(200, response.status());
				assertFalse(response.fields().has("transfer-encoding"), response::toString);
				assertEquals("hello", response.text(), target);
			}
		}
	}

	@Test
	void closesWhenTheClientAsksForIt() throws IOException {
		try (Http1Client client = Http1Client.plain(gatehouse.port("http"))) {
			Response response = client.send(Request.get("/x").with("Connection", "close"));
			assertEquals("/x", response.echo().target());
			assertTrue(response.fields().lists("connection", "close"), response::toString);
			assertTrue(client.ended());
		}
	}

	private static byte[] content(ReceivedRequest request) throws IOException {
		return request.content();
	}
}
