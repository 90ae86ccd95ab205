package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import proxy.fixtures.Answer;
import proxy.fixtures.Client;
import proxy.fixtures.Octets;
import proxy.fixtures.Origin;
import proxy.fixtures.OriginConnection;
import proxy.fixtures.Pingoo;
import proxy.fixtures.Request;
import proxy.fixtures.Response;
import proxy.fixtures.TestGatehouse;

/** Whatever an upstream does wrong, the client gets a plain answer or a broken-off one, and the next request is served. */
class UpstreamFaultTest {

	private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok\n";
	private static final int TRIES = 3;

	private static Origin origin;
	private static TestGatehouse gatehouse;

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
				  unknown:
				    route: http_request.path == "/unknown"
				    http_proxy: ["http://no-such-host.invalid:80"]
				  one-of-three:
				    route: http_request.path == "/one-of-three"
				    http_proxy: ["<origin>", "http://127.0.0.1:<nobody>", "http://127.0.0.1:<nobody-either>"]
				  impatient:
				    route: http_request.path == "/impatient"
				    http_proxy: {upstreams: ["<origin>"], response_timeout_ms: 700, idle_timeout_ms: 700}
				  origin:
				    http_proxy: ["<origin>"]
				""").with("origin", origin.url()).start();
	}

	@AfterAll
	static void stop() {
		gatehouse.close();
		origin.close();
	}

	@AfterEach
	void servesTheNextRequest() throws IOException {
		origin.answer(Answer.echo());
		try (Client client = Protocol.HTTP_1.connect(gatehouse)) {
			for (int i = 0; i < 5; i++) {
				assertEquals("/after", client.send(Request.get("/after")).echo().target());
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void aResetInsteadOfAnAnswerIs502(Protocol protocol) throws IOException {
		assertStatus(502, protocol, (request, connection) -> connection.reset());
	}

	@ParameterizedTest
	@EnumSource
	void anEndInsteadOfAnAnswerIs502(Protocol protocol) throws IOException {
		assertStatus(502, protocol, (request, connection) -> connection.close());
	}

	@ParameterizedTest
	@EnumSource
	void anEndInsideTheHeadIs502(Protocol protocol) throws IOException {
		assertStatus(502, protocol, Answer.rawAndClose("HTTP/1.1 200 OK\r\nContent-Le"));
	}

	@ParameterizedTest
	@EnumSource
	void aResetInsideContentBreaksTheAnswerOff(Protocol protocol) throws IOException {
		assertBrokenOff(protocol, (request, connection) -> {
			connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(5000));
			connection.reset();
		});
	}

	@ParameterizedTest
	@EnumSource
	void anEndInsideContentBreaksTheAnswerOff(Protocol protocol) throws IOException {
		assertBrokenOff(protocol, Answer.rawAndClose("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(5000)));
	}

	@ParameterizedTest
	@EnumSource
	void anEndInsideAChunkBreaksTheAnswerOff(Protocol protocol) throws IOException {
		assertBrokenOff(protocol, Answer.rawAndClose("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel"));
	}

	@ParameterizedTest
	@EnumSource
	void anEndBetweenChunksBreaksTheAnswerOff(Protocol protocol) throws IOException {
		assertBrokenOff(protocol, Answer.rawAndClose("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"));
	}

	@ParameterizedTest
	@EnumSource
	void aBrokenChunkIs502OrBreaksTheAnswerOff(Protocol protocol) throws IOException {
		for (String chunks : List.of("5\r\nhello\r\nzz\r\n", "5\r\nhelloXX0\r\n\r\n", "-1\r\n\r\n", "5\nhello\n0\n\n")) {
			origin.answer(Answer.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks));
			Response response = send(protocol, Request.get("/"));
			assertTrue(response.status() == 502 || !response.whole(), response::toString);
		}
	}

	@Pingoo("http.time-limits")
	@ParameterizedTest
	@EnumSource
	void noAnswerIs504(Protocol protocol) throws IOException {
		origin.answer((request, connection) -> awaitEnd(connection));
		assertEquals(504, send(protocol, Request.get("/impatient")).status());
	}

	@ParameterizedTest
	@EnumSource
	void aHeadThatDoesNotEndIs504(Protocol protocol) throws IOException {
		origin.answer((request, connection) -> {
			connection.write("HTTP/1.1 200 OK\r\nX-Slow: ");
			awaitEnd(connection);
		});
		assertEquals(504, send(protocol, Request.get("/impatient")).status());
	}

	@ParameterizedTest
	@EnumSource
	void contentThatStandsStillIsBrokenOff(Protocol protocol) throws IOException {
		origin.answer((request, connection) -> {
			connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nx");
			awaitEnd(connection);
		});
		Response response = send(protocol, Request.get("/impatient"));
		assertEquals(200, response.status());
		assertFalse(response.whole(), response::toString);
	}

	@Pingoo("http.bad-gateway")
	@ParameterizedTest
	@EnumSource
	void whatIsNoHttpIs502(Protocol protocol) throws IOException {
		for (String head : List.of(
				"garbage not http\r\n\r\n",
				"220 mail.example.com ESMTP\r\n",
				"HTTP/1.1 2000 OK\r\nContent-Length: 3\r\n\r\nok\n",
				"HTTP/1.1 20 OK\r\nContent-Length: 3\r\n\r\nok\n",
				"HTTP/2 200\r\nContent-Length: 3\r\n\r\nok\n",
				"\u0000\u0000\u0012\u0004\u0000\u0000\u0000\u0000\u0000")) {
			assertStatus(502, protocol, Answer.rawAndClose(head));
		}
	}

	@ParameterizedTest
	@EnumSource
	void anAmbiguousLengthIs502(Protocol protocol) throws IOException {
		for (String framing : List.of(
				"Content-Length: 3\r\nContent-Length: 5",
				"Content-Length: 3, 5",
				"Content-Length: -3",
				"Content-Length: +3",
				"Content-Length: 0x3",
				"Content-Length: 99999999999999999999",
				"Transfer-Encoding: chunked, chunked",
				"Transfer-Encoding: gzip, identity")) {
			assertStatus(502, protocol, Answer.rawAndClose("HTTP/1.1 200 OK\r\n" + framing + "\r\n\r\nok\nXX"));
		}
	}

	/** RFC 9112 section 6.3: chunked wins or the response is refused; the length must not get through to the client. */
	@ParameterizedTest
	@EnumSource
	void lengthAndChunksAreNotBothBelieved(Protocol protocol) throws IOException {
		origin.answer(Answer.rawAndClose(
				"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n3\r\nok\n\r\n0\r\n\r\n"));
		for (int i = 0; i < TRIES; i++) {
			Response response = send(protocol, Request.get("/"));
			if (response.status() == 200) {
				assertEquals("ok\n", response.text());
				assertNotEquals("5", response.fields().get("content-length"));
			} else {
				assertEquals(502, response.status());
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void controlOctetsAndFoldsInTheHeadAre502(Protocol protocol) throws IOException {
		for (String field : List.of("X: a\u0000b", "X: a\rb", "X: a\r\n b", "X: a\u007fb", "X : a", "X a", ": a", "X\u0001: a", "\u00e9: a")) {
			assertStatus(502, protocol, Answer.rawAndClose("HTTP/1.1 200 OK\r\n" + field + "\r\nContent-Length: 3\r\n\r\nok\n"));
		}
	}

	@ParameterizedTest
	@EnumSource
	void aHeadOfTwoMegabytesIs502(Protocol protocol) throws IOException {
		StringBuilder head = new StringBuilder("HTTP/1.1 200 OK\r\n");
		for (int i = 0; i < 2000; i++) {
			head.append("X-").append(i).append(": ").append("y".repeat(1000)).append("\r\n");
		}
		assertStatus(502, protocol, Answer.rawAndClose(head + "Content-Length: 0\r\n\r\n"));
	}

	@ParameterizedTest
	@EnumSource
	void aSecondAnswerThatNobodyAskedForReachesNobody(Protocol protocol) throws IOException {
		origin.answer(Answer.raw(OK + "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nstolen"));
		try (Client client = protocol.connect(gatehouse)) {
			for (int i = 0; i < 20; i++) {
				assertEquals("ok\n", client.send(Request.get("/")).text());
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void contentBehindAnAnswerWithoutContentReachesNobody(Protocol protocol) throws IOException {
		origin.answer(Answer.raw("HTTP/1.1 304 Not Modified\r\nContent-Length: 6\r\n\r\nstolen"));
		try (Client client = protocol.connect(gatehouse)) {
			for (int i = 0; i < 20; i++) {
				Response response = client.send(Request.get("/"));
				assertEquals(304, response.status());
				assertEquals("", response.text());
			}
		}
	}

	/** Content that comes late would be read as the answer to the next request. */
	@ParameterizedTest
	@EnumSource
	void aConnectionIsNotUsedAgainAfterA204ThatAnnouncesContent(Protocol protocol) throws IOException {
		for (String framing : List.of("Content-Length: 6", "Transfer-Encoding: chunked")) {
			Set<OriginConnection> used = ConcurrentHashMap.newKeySet();
			origin.answer((request, connection) -> connection.write(used.add(connection)
					? "HTTP/1.1 204 No Content\r\n" + framing + "\r\n\r\n"
					: "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nstolen"));
			try (Client client = protocol.connect(gatehouse)) {
				for (int i = 0; i < 5; i++) {
					assertEquals(204, client.send(Request.get("/")).status());
				}
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void anUpgradeThatNobodyAskedForIs502(Protocol protocol) throws IOException {
		assertStatus(502, protocol, Answer.raw("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n"));
	}

	@ParameterizedTest
	@EnumSource
	void endlessInterimResponsesAreCutOff(Protocol protocol) throws IOException {
		origin.answer((request, connection) -> {
			while (true) {
				connection.write("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n".repeat(100));
			}
		});
		try (Client client = protocol.connect(gatehouse)) {
			assertEquals(502, client.send(Request.get("/")).status());
		}
	}

	@Pingoo("http.bad-gateway")
	@ParameterizedTest
	@EnumSource
	void aRefusedConnectionIs502(Protocol protocol) throws IOException {
		assertEquals(502, send(protocol, Request.get("/refused")).status());
		assertEquals(502, send(protocol, Request.post("/refused", Octets.random(100_000, 1))).status());
	}

	@ParameterizedTest
	@EnumSource
	void anUpstreamNameThatDoesNotResolveIs502Or503(Protocol protocol) throws IOException {
		assertTrue(Set.of(502, 503).contains(send(protocol, Request.get("/unknown")).status()));
	}

	@Pingoo("http.retry")
	@ParameterizedTest
	@EnumSource
	void oneOfThreeUpstreamsIsEnough(Protocol protocol) throws IOException {
		try (Client client = protocol.connect(gatehouse)) {
			for (int i = 0; i < 100; i++) {
				assertEquals(200, client.send(Request.get("/one-of-three")).status());
				assertEquals(200, client.send(Request.post("/one-of-three", Octets.of("x"))).status());
			}
		}
	}

	/** The tracker's API says 500 for "unauthorized": an answer like any other. */
	@ParameterizedTest
	@EnumSource
	void anErrorOfTheUpstreamIsPassedOnAndNotRepeated(Protocol protocol) throws IOException {
		AtomicInteger requests = new AtomicInteger();
		origin.answer((request, connection) -> {
			requests.incrementAndGet();
			connection.write("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 57\r\n\r\n"
					+ "Unhandled rejection: Err { reason: \"unauthorized\" }       ");
		});
		for (int i = 0; i < 10; i++) {
			Response response = send(protocol, Request.get("/api/v1/stats"));
			assertEquals(500, response.status());
			assertTrue(response.text().startsWith("Unhandled rejection: Err { reason: \"unauthorized\" }"));
		}
		assertEquals(10, requests.get());
	}

	@ParameterizedTest
	@EnumSource
	void aRequestWithContentIsNeverSentTwice(Protocol protocol) throws IOException {
		Set<String> once = ConcurrentHashMap.newKeySet();
		Set<String> twice = new HashSet<>();
		origin.answer((request, connection) -> {
			request.content();
			if (!once.add(request.target())) {
				synchronized (twice) {
					twice.add(request.target());
				}
			}
			if (request.method().equals("POST")) {
				connection.reset();
			} else {
				connection.write(OK);
			}
		});
		for (int i = 0; i < 20; i++) {
			send(protocol, Request.get("/warm-up/" + protocol + i));
			assertEquals(502, send(protocol, Request.post("/post/" + protocol + i, Octets.of("x"))).status());
		}
		assertEquals(Set.of(), twice);
	}

	/** A GET on a fresh connection that dies is not repeated either: the upstream may be what dies of it. */
	@ParameterizedTest
	@EnumSource
	void aRequestThatKillsEveryConnectionIsTriedAtMostTwice(Protocol protocol) throws IOException {
		AtomicInteger tries = new AtomicInteger();
		origin.answer((request, connection) -> {
			tries.incrementAndGet();
			connection.reset();
		});
		assertEquals(502, send(protocol, Request.get("/deadly")).status());
		assertTrue(tries.get() <= 2, () -> tries + " tries");
	}

	@Pingoo("http.reused-connection")
	@ParameterizedTest
	@EnumSource
	void connectionsThatTheUpstreamClosesWhenIdleCostNoRequest(Protocol protocol) throws IOException {
		origin.answer((request, connection) -> {
			connection.write(OK);
			connection.close();
		});
		assertNoneFails(protocol, 1000);
	}

	@Pingoo("http.reused-connection")
	@ParameterizedTest
	@EnumSource
	void connectionsThatTheUpstreamResetsWhenReusedCostNoRequest(Protocol protocol) throws IOException {
		Set<OriginConnection> used = ConcurrentHashMap.newKeySet();
		origin.answer((request, connection) -> {
			if (used.add(connection)) {
				connection.write(OK);
			} else {
				connection.reset();
			}
		});
		assertNoneFails(protocol, 1000);
	}

	@Pingoo("http.failures-logged")
	@Test
	void theLogTellsTheOperatorWhatFailed() throws IOException {
		send(Protocol.HTTP_1, Request.get("/refused"));
		gatehouse.log().await("request failed", "\"service\":\"refused\"", "127.0.0.1:" + gatehouse.port("nobody"));
		assertFalse(gatehouse.log().any("\\n\\tat "), "a stack trace for an expected trouble");
	}

	private static void assertNoneFails(Protocol protocol, int requests) throws IOException {
		int failed = 0;
		try (Client client = protocol.connect(gatehouse)) {
			for (int i = 0; i < requests; i++) {
				Response response = client.send(Request.get("/"));
				failed += response.status() == 200 && response.text().equals("ok\n") ? 0 : 1;
			}
		}
		assertEquals(0, failed, "failed of " + requests);
	}

	private static void assertStatus(int status, Protocol protocol, Answer fault) throws IOException {
		origin.answer(fault);
		for (int i = 0; i < TRIES; i++) {
			Response response = send(protocol, Request.get("/"));
			assertEquals(status, response.status(), response::toString);
			assertTrue(response.whole(), response::toString);
		}
	}

	private static void assertBrokenOff(Protocol protocol, Answer fault) throws IOException {
		origin.answer(fault);
		for (int i = 0; i < TRIES; i++) {
			Response response = send(protocol, Request.get("/"));
			assertEquals(200, response.status());
			assertFalse(response.whole(), response::toString);
		}
	}

	private static Response send(Protocol protocol, Request request) throws IOException {
		try (Client client = protocol.connect(gatehouse)) {
			return client.send(request);
		}
	}

	private static void awaitEnd(OriginConnection connection) throws IOException {
		connection.awaitEnd();
		connection.close();
	}
}
