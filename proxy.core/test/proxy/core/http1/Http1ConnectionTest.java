package proxy.core.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static proxy.core.http.Echo.answer;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proxy.api.http.Failure;
import proxy.api.http.FieldSection;
import proxy.api.http.HttpExchange;
import proxy.api.http.HttpService;
import proxy.api.http.ResponseHead;
import proxy.core.http.Echo;
import proxy.core.http.Gate;
import proxy.core.http.Limits;
import proxy.fixtures.Await;
import proxy.fixtures.Pingoo;

class Http1ConnectionTest {

	private static final String HOST = "Host: h\r\n";

	private Gate gate;

	private void gate(HttpService service) throws IOException {
		gate = new Gate(loops -> new Http1(loops)::connections, Gate.LIMITS, service);
	}

	@AfterEach
	void close() throws IOException {
		if (gate != null) {
			gate.close();
		}
	}

	/** The message's head without its Date, which nobody knows beforehand, and its content. */
	private static String dateless(String message) {
		return message.replaceAll("date: [^\r]*\r\n", "");
	}

	@Test
	void answersPipelinedRequestsInOrder() throws IOException {
		gate(exchange -> answer(exchange, exchange.request().target()));
		String answers = gate.converse("GET /1 HTTP/1.1\r\n" + HOST + "\r\nGET /2 HTTP/1.1\r\n" + HOST
				+ "\r\nGET /3 HTTP/1.1\r\nConnection: close\r\n" + HOST + "\r\n");
		assertEquals("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n/1HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n/2"
				+ "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n/3", dateless(answers));
	}

	@Test
	void answersAThousandRequestsThatCameWithTheContentOfAnother() throws IOException {
		gate(Echo::echo);
		String content = "x".repeat(50_000);
		String requests = "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 50000\r\n\r\n" + content;
		String get = "GET / HTTP/1.1\r\n" + HOST + "\r\n";
		String answers = dateless(gate.converse(requests + get.repeat(1000) + "GET / HTTP/1.0\r\n\r\n"));
		String empty = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n";
		assertEquals("HTTP/1.1 200 OK\r\ncontent-length: 50000\r\n\r\n" + content + (empty + "\r\n").repeat(1000)
				+ empty + "connection: close\r\n\r\n", answers);
	}

	@ParameterizedTest
	@CsvSource({"1", "2", "7", "100000"})
	void readsRequestsHoweverTheirOctetsCome(int size) throws IOException, InterruptedException {
		gate(Echo::echo);
		String requests = "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 5\r\n\r\nhello"
				+ "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x\r\nde\r\n0\r\nT: v\r\n\r\n"
				+ "GET / HTTP/1.1\r\nConnection: close\r\n" + HOST + "\r\n";
		try (Socket socket = gate.connect()) {
			for (int at = 0; at < requests.length(); at += size) {
				Gate.send(socket, requests.substring(at, Math.min(requests.length(), at + size)));
			}
			String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
			assertEquals("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello"
					+ "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabcde|T=v"
					+ "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n", dateless(answers));
		}
		assertEquals(5, gate.outcome().received());
		assertEquals(5, gate.outcome().received());
	}

	@Test
	void delimitsContentOfUnknownLengthAsTheClientUnderstandsIt() throws IOException {
		gate(exchange -> {
			exchange.respond(new ResponseHead().status(200), ByteBuffer.wrap(new byte[] {'a'}), false);
			exchange.send(ByteBuffer.wrap(new byte[] {'b', 'c'}), false);
			FieldSection trailers = new FieldSection();
			trailers.add("t", "v");
			exchange.sendTrailers(trailers);
		});
		assertEquals("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n1\r\na\r\n2\r\nbc\r\n0\r\nt: v\r\n\r\n",
				dateless(gate.converse("GET / HTTP/1.1\r\nConnection: close\r\n" + HOST + "\r\n")));
		assertEquals("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nabc", dateless(gate.converse("GET / HTTP/1.0\r\n\r\n")));
	}

	@Test
	void sendsNoContentWhereThereIsNone() throws IOException {
		gate(exchange -> {
			ResponseHead head = new ResponseHead().status(exchange.request().target().equals("/304") ? 304 : 200);
			head.fields().add("Content-Length", "4");
			exchange.respond(head, ByteBuffer.wrap("full".getBytes(StandardCharsets.US_ASCII)), true);
		});
		assertEquals("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nHTTP/1.1 304 Not Modified\r\nContent-Length: 4\r\nconnection: close\r\n\r\n",
				dateless(gate.converse("HEAD / HTTP/1.1\r\n" + HOST + "\r\nGET /304 HTTP/1.1\r\nConnection: close\r\n" + HOST + "\r\n")));
	}

	@Test
	void dropsFieldsThatBelongToAnotherConnection() throws IOException {
		gate(exchange -> {
			ResponseHead head = new ResponseHead().status(200);
			head.fields().add("Transfer-Encoding", "chunked");
			head.fields().add("Connection", "keep-alive");
			head.fields().add("X-Kept", "yes");
			exchange.respond(head, null, true);
		});
		assertEquals("HTTP/1.1 200 OK\r\nX-Kept: yes\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
				dateless(gate.converse("GET / HTTP/1.1\r\nConnection: close\r\n" + HOST + "\r\n")));
	}

	@Test
	void breaksOffAResponseThatIsShorterThanItsLength() throws IOException, InterruptedException {
		gate(exchange -> {
			ResponseHead head = new ResponseHead().status(200);
			head.fields().add("content-length", "10");
			exchange.respond(head, ByteBuffer.wrap(new byte[] {'a'}), true);
		});
		String got;
		try {
			got = gate.converse("GET / HTTP/1.1\r\n" + HOST + "\r\n");
		} catch (IOException reset) {
			got = "";
		}
		// a reset, or an end that comes too early: what must not be is ten octets
		assertFalse(got.endsWith("a".repeat(10)), got);
		assertEquals(Failure.BAD_RESPONSE, gate.outcome().failure());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
		"GET / HTTP/1.1\\r\\n\\r\\n | 400",
		"GET / HTTP/1.1\\r\\nHost: h\\nX: y\\r\\n\\r\\n | 400",
		"GET / HTTP/2.0\\r\\nHost: h\\r\\n\\r\\n | 505",
		"CONNECT h:1 HTTP/1.1\\r\\nHost: h\\r\\n\\r\\n | 501",
		"GET / HTTP/1.1\\r\\nHost: h\\r\\nExpect: the worst\\r\\n\\r\\n | 417",
		"POST / HTTP/1.1\\r\\nHost: h\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nxyz\\r\\n | 400",
	})
	void refusesBadRequestsAndCloses(String request, String status) throws IOException, InterruptedException {
		gate(Echo::echo);
		String answer = gate.converse(request.replace("\\r", "\r").replace("\\n", "\n"));
		assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
		assertTrue(answer.contains("connection: close\r\n"), answer);
		assertEquals(Integer.parseInt(status), gate.outcome().status());
	}

	@Test
	void refusesHeadsThatAreTooLarge() throws IOException {
		gate(exchange -> answer(exchange, "never"));
		String answer = gate.converse("GET / HTTP/1.1\r\n" + HOST + "X: " + "y".repeat(9 * 1024) + "\r\n\r\n");
		assertTrue(answer.startsWith("HTTP/1.1 431 "), answer);
	}

	@Test
	@Pingoo("requests.time-limits")
	void answersARequestThatTakesTooLongWith408AndClosesSilentlyWhenNoneBegan() throws IOException {
		gate = new Gate(loops -> new Http1(loops)::connections, new Limits(8 * 1024, 100, 100, 100, 0, 10, peer -> false), exchange -> answer(exchange, "never"));
		assertTrue(gate.converse("GET / HT").startsWith("HTTP/1.1 408 "));
		assertEquals("", gate.converse(""));
	}

	@Test
	void answersARequestWhoseContentComesTooSlowlyWith408() throws IOException, InterruptedException {
		Limits limits = new Limits(8 * 1024, 10_000, 10_000, 600_000, 240, 10, peer -> false);
		gate = new Gate(loops -> new Http1(loops)::connections, limits, Echo::echo);
		assertTrue(gate.converse("POST / HTTP/1.1\r\n" + HOST + "Content-Length: 10\r\n\r\nab").startsWith("HTTP/1.1 408 "));
		assertEquals(Failure.REQUEST_TIMEOUT, gate.outcome().failure());
	}

	@Test
	void tellsTheServiceThatItsClientIsGone() throws Exception {
		CompletableFuture<Failure> aborted = new CompletableFuture<>();
		CountDownLatch begun = new CountDownLatch(1);
		gate(exchange -> {
			new Echo(exchange, aborted).receive();
			begun.countDown();
		});
		try (Socket socket = gate.connect()) {
			Gate.send(socket, "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 10\r\n\r\nabc");
			assertTrue(begun.await(20, TimeUnit.SECONDS));
		}
		assertEquals(Failure.CLIENT_GONE, aborted.get(20, TimeUnit.SECONDS));
		assertEquals(Failure.CLIENT_GONE, gate.outcome().failure());
	}

	@Test
	void holdsBackAServiceWhoseClientDoesNotRead() throws Exception {
		AtomicLong taken = new AtomicLong();
		CompletableFuture<Long> held = new CompletableFuture<>();
		gate(exchange -> exchange.loop().execute(() -> {
			boolean flowing = exchange.respond(new ResponseHead().status(200), null, false);
			while (flowing) {
				taken.addAndGet(64 * 1024);
				flowing = exchange.send(ByteBuffer.allocate(64 * 1024), false);
			}
			held.complete(taken.get());
		}));
		try (Socket socket = gate.connect()) {
			Gate.send(socket, "GET / HTTP/1.1\r\n" + HOST + "\r\n");
			assertTrue(held.get(20, TimeUnit.SECONDS) < 64L * 1024 * 1024);
		}
	}

	/** The end of the connection is the end of the content here, so that it must not come early. */
	@Test
	void resetsAClientThatDoesNotTakeTheEndOfItsResponse() throws Exception {
		gate = new Gate(loops -> new Http1(loops)::connections, new Limits(8 * 1024, 100, 100, 100, 0, 10, peer -> false), exchange -> {
			exchange.respond(new ResponseHead().status(200), null, false);
			exchange.send(ByteBuffer.allocate(64 * 1024 * 1024), true);
		});
		try (Socket socket = gate.connect()) {
			Gate.send(socket, "GET / HTTP/1.0\r\n\r\n");
			gate.outcome();
			Await.until("the connection has been given up", () -> gate.endpoint.connections() == 0);
			assertThrows(SocketException.class, () -> socket.getInputStream().transferTo(OutputStream.nullOutputStream()));
		}
	}

	@Test
	void handsAnUpgradedConnectionOverWithWhatCameBehindTheRequest() throws Exception {
		gate(exchange -> {
			assertTrue(exchange.wantsUpgrade());
			ResponseHead head = new ResponseHead().status(101);
			head.fields().add("Connection", "Upgrade");
			head.fields().add("Upgrade", "echo");
			var client = exchange.upgrade(head);
			// both ends of this tunnel are the client: it hears itself
			exchange.loop().tunnel(client, client, 10_000, (received, sent, cause) -> exchange.upgraded(received, sent));
		});
		try (Socket socket = gate.connect()) {
			Gate.send(socket, "GET / HTTP/1.1\r\n" + HOST + "Connection: upgrade\r\nUpgrade: echo\r\n\r\nearly");
			String expected = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\nearly";
			assertEquals(expected, Gate.read(socket, expected.length()));
			Gate.send(socket, "late");
			assertEquals("late", Gate.read(socket, 4));
		}
	}

	@Test
	void closesIdleConnectionsAndFinishesTheOthersWhenDrained() throws Exception {
		CompletableFuture<HttpExchange> begun = new CompletableFuture<>();
		gate(exchange -> {
			if (exchange.request().target().equals("/slow")) {
				begun.complete(exchange);
			} else {
				answer(exchange, "ok");
			}
		});
		try (Socket idle = gate.connect(); Socket busy = gate.connect()) {
			Gate.send(idle, "GET / HTTP/1.1\r\n" + HOST + "\r\n");
			assertTrue(Gate.read(idle, 15).equals("HTTP/1.1 200 OK"));
			Gate.send(busy, "GET /slow HTTP/1.1\r\n" + HOST + "\r\n");
			HttpExchange exchange = begun.get(20, TimeUnit.SECONDS);
			gate.endpoint.drain(0);
			idle.getInputStream().readAllBytes();
			exchange.loop().execute(() -> answer(exchange, "done"));
			String answer = new String(busy.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
			assertTrue(answer.contains("connection: close\r\n") && answer.endsWith("done"), answer);
		}
	}

	@Test
	void answers500WhenAServiceFailsUnexpectedly() throws IOException, InterruptedException {
		gate(exchange -> {
			throw new IllegalStateException("as this test wants it");
		});
		String answer = gate.converse("GET / HTTP/1.1\r\nConnection: close\r\n" + HOST + "\r\n");
		assertTrue(answer.startsWith("HTTP/1.1 500 "), answer);
		assertEquals(Failure.INTERNAL, gate.outcome().failure());
	}

	@Test
	void tellsOfEveryExchangeOnce() throws IOException, InterruptedException {
		gate(exchange -> answer(exchange, "12345"));
		gate.converse("GET / HTTP/1.1\r\nConnection: close\r\n" + HOST + "\r\n");
		var outcome = gate.outcome();
		assertEquals(200, outcome.status());
		assertEquals(5, outcome.sent());
		assertEquals("service", outcome.service());
		assertNull(outcome.failure());
		assertTrue(gate.outcomes().isEmpty());
	}
}
