package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import proxy.fixtures.Answer;
import proxy.fixtures.Client;
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
	void passesEarlyHintsOnAtOnce(Protocol protocol) throws Exception {
		var hinted = new CountDownLatch(1);
		origin.answer((request, connection) -> {
			connection.write("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
			await(hinted);
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

	private static void await(CountDownLatch latch) throws IOException {
		try {
			if (!latch.await(20, TimeUnit.SECONDS)) {
				throw new IOException("the test did not go on");
			}
		} catch (InterruptedException e) {
			throw new IOException(e);
		}
	}
}
