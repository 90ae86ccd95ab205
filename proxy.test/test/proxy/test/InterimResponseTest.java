package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import proxy.fixtures.Answer;
import proxy.fixtures.Await;
import proxy.fixtures.Client;
import proxy.fixtures.Fields;
import proxy.fixtures.Http1Client;
import proxy.fixtures.Http2Client;
import proxy.fixtures.Http2Stream;
import proxy.fixtures.Octets;
import proxy.fixtures.Origin;
import proxy.fixtures.Request;
import proxy.fixtures.Response;
import proxy.fixtures.TestGatehouse;

/** Responses before the response, and Expect: 100-continue. */
class InterimResponseTest {

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

	@ParameterizedTest
	@EnumSource
	void passesEarlyHintsOnBeforeTheResponse(Protocol protocol) throws IOException {
		origin.answer(Answer.raw("HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n"
				+ "HTTP/1.1 103 Early Hints\r\nLink: </more.css>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone"));
		try (Client client = protocol.connect(gatehouse)) {
			for (int i = 0; i < 3; i++) {
				Response response = client.send(Request.get("/"));
				assertEquals(200, response.status());
				assertEquals("done", response.text());
				assertEquals(List.of(103, 103), response.interim().stream().map(Response::status).toList());
				assertEquals("</style.css>; rel=preload", response.interim().get(0).fields().get("link"));
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void passesEarlyHintsOnWithoutWhatIsNotForClients(Protocol protocol) throws IOException {
		origin.answer(Answer.raw("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\nServer: secret/1.0\r\nX-Accel-Redirect: /secret\r\n"
				+ "Connection: X-Hop\r\nX-Hop: 1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"
				+ "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone"));
		try (Client client = protocol.connect(gatehouse)) {
			Response response = client.send(Request.get("/"));
			assertEquals("done", response.text());
			Fields hints = response.interim().get(0).fields();
			assertEquals("</a>", hints.get("link"));
			for (String name : List.of("server", "x-accel-redirect", "connection", "x-hop", "content-length", "transfer-encoding")) {
				assertFalse(hints.has(name), () -> name + " in " + hints);
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void passesEarlyHintsOnAtOnce(Protocol protocol) throws Exception {
		var hinted = new CountDownLatch(1);
		origin.answer((request, connection) -> {
			connection.write("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
			Await.open(hinted);
			connection.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
		});
		try (Client client = protocol.connect(gatehouse)) {
			if (client instanceof Http1Client http1) {
				http1.write(Request.get("/").http1Head());
				assertEquals(103, http1.receiveHead().status());
				hinted.countDown();
				assertEquals(200, http1.receiveHead().status());
			} else {
				Http2Stream stream = ((Http2Client) client).start(Request.get("/"));
				assertEquals(103, stream.interim().status());
				hinted.countDown();
				assertEquals(200, stream.response().status());
			}
		} finally {
			hinted.countDown();
		}
	}

	@ParameterizedTest
	@EnumSource(names = {"HTTP_1", "HTTPS_1"})
	void asksForContentWhenTheUpstreamDoes(Protocol protocol) throws IOException {
		origin.answer((request, connection) -> {
			assertEquals("100-continue", request.fields().get("expect"));
			connection.write("HTTP/1.1 100 Continue\r\n\r\n");
			Answer.echo().to(request, connection);
		});
		try (Http1Client client = (Http1Client) protocol.connect(gatehouse)) {
			for (int i = 0; i < 3; i++) {
				Request request = Request.post("/upload", Octets.of("content " + i)).with("Expect", "100-continue");
				client.write(request.http1Head());
				assertEquals(100, client.receiveHead().status());
				client.write(request.http1Content());
				Response response = client.receive("POST");
				assertEquals(200, response.status());
				assertEquals("content " + i, Octets.text(response.echo().content()));
			}
		}
	}

	@ParameterizedTest
	@EnumSource(names = {"HTTP_1", "HTTPS_1"})
	void passesARefusalOnInsteadOfAskingForContent(Protocol protocol) throws IOException {
		origin.answer((request, connection) -> {
			connection.write("HTTP/1.1 417 Expectation Failed\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno");
			connection.close();
		});
		try (Http1Client client = (Http1Client) protocol.connect(gatehouse)) {
			client.write(Request.post("/upload", new byte[1000]).with("Expect", "100-continue").http1Head());
			Response response = client.receive("POST");
			assertEquals(417, response.status());
			assertEquals(List.of(), response.interim());
			assertEquals("no", response.text());
		}
	}

	/** RFC 9110 section 10.1.1: a client may send without having been asked. */
	@ParameterizedTest
	@EnumSource
	void takesContentThatWasSentUnasked(Protocol protocol) throws IOException {
		origin.answer(Answer.echo());
		try (Client client = protocol.connect(gatehouse)) {
			Response response = client.send(Request.post("/x", Octets.of("at once")).with("Expect", "100-continue"));
			assertEquals(200, response.status());
			assertEquals("at once", Octets.text(response.echo().content()));
		}
	}

	/** Who would wait for content that does not come is a danger to the next request. */
	@ParameterizedTest
	@EnumSource
	void doesNotPassOnAnExpectationWithoutContent(Protocol protocol) throws IOException {
		origin.answer(Answer.echo());
		try (Client client = protocol.connect(gatehouse)) {
			for (Request request : List.of(Request.get("/"), Request.post("/", new byte[0]))) {
				Response response = client.send(request.with("Expect", "100-continue"));
				assertEquals(List.of(), response.interim());
				assertFalse(response.echo().fields().has("expect"), response::toString);
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void refusesExpectationsThatCanBeReadInTwoWays(Protocol protocol) throws IOException {
		origin.answer(Answer.echo());
		for (String second : List.of("100-continue", "y 100-continue", "")) {
			try (Client client = protocol.connect(gatehouse)) {
				Request request = Request.post("/", Octets.of("x")).with("Expect", "100-continue").with("Expect", second);
				assertEquals(417, client.send(request).status());
			}
		}
	}

	@Test
	void doesNotPassOnTheExpectationOfAnHttp10Client() throws IOException {
		origin.answer(Answer.echo());
		try (Http1Client client = Http1Client.plain(gatehouse.port("http"))) {
			Response response = client.write("POST / HTTP/1.0\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\nx").receive("POST");
			assertEquals(200, response.status());
			assertFalse(response.echo().fields().has("expect"), response::toString);
		}
	}

	@ParameterizedTest
	@EnumSource
	void doesNotTakeAnUnasked100ForTheResponse(Protocol protocol) throws IOException {
		origin.answer(Answer.raw("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
		try (Client client = protocol.connect(gatehouse)) {
			for (int i = 0; i < 3; i++) {
				Response response = client.send(Request.get("/"));
				assertEquals(200, response.status());
				assertEquals("ok", response.text());
			}
		}
	}

	@Test
	void tellsNoHttp10ClientOfInterimResponses() throws IOException {
		origin.answer(Answer.raw("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
		try (Http1Client client = Http1Client.plain(gatehouse.port("http"))) {
			Response response = client.write("GET / HTTP/1.0\r\nHost: localhost\r\n\r\n").receive("GET");
			assertEquals(200, response.status());
			assertTrue(response.interim().isEmpty());
		}
	}
}
