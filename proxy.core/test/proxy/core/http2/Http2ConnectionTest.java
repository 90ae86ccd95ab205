package proxy.core.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static proxy.core.http.Echo.answer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import proxy.api.http.ExchangeHandler;
import proxy.api.http.Failure;
import proxy.api.http.FieldSection;
import proxy.api.http.HttpExchange;
import proxy.api.http.HttpService;
import proxy.api.http.RequestHead;
import proxy.api.http.ResponseHead;
import proxy.core.http.Echo;
import proxy.core.http.Gate;
import proxy.core.http.Limits;
import proxy.fixtures.Pingoo;

class Http2ConnectionTest {

	private Gate gate;

	private void gate(HttpService service) throws IOException {
		gate(Gate.LIMITS, service);
	}

	private void gate(Limits limits, HttpService service) throws IOException {
		gate = new Gate(loops -> new Http2(loops)::connections, limits, service);
	}

	@AfterEach
	void close() throws IOException {
		if (gate != null) {
			gate.close();
		}
	}

	private static ByteBuffer octets(String text) {
		return ByteBuffer.wrap(FrameClient.latin(text));
	}

	// --- requests

	@Test
	void answersRequests() throws Exception {
		gate(exchange -> answer(exchange, exchange.request().method() + " " + exchange.request().target()));
		try (FrameClient client = new FrameClient(gate)) {
			client.get(1, "/%2F?\u00e9");
			assertEquals("HEADERS 1 200 content-length=10", client.next());
			assertEquals("DATA 1 GET /%2F?\u00e9 END", client.next());
			client.get(3, "/b");
			assertEquals("HEADERS 3 200 content-length=6", client.next());
			assertEquals("DATA 3 GET /b END", client.next());
		}
		assertNull(gate.outcome().failure());
	}

	@Test
	void takesContentInPiecesWithPausesAndTrailers() throws Exception {
		gate(Echo::echo);
		try (FrameClient client = new FrameClient(gate)) {
			client.add(Frame.HEADERS, Frame.END_HEADERS, 1, FrameClient.request("POST", "/"));
			for (int i = 0; i < 5; i++) {
				// with padding, so that each is a piece
				client.add(Frame.DATA, Frame.PADDED, 1, FrameClient.latin("\0ab" + i));
			}
			client.add(Frame.DATA, Frame.PADDED, 1, FrameClient.latin("\u0003z\0\0\0"));
			client.add(Frame.HEADERS, Frame.END_HEADERS | Frame.END_STREAM, 1, FrameClient.block("x-sum", "7", "host", "evil"));
			client.flush();
			assertEquals("HEADERS 1 200 content-length=24", client.next());
			assertEquals("DATA 1 ab0ab1ab2ab3ab4z|x-sum=7 END", client.next());
		}
		assertEquals(16, gate.outcome().received());
	}

	/** Answers with how many pieces the content came in, and with the content. */
	private record Pieces(HttpExchange exchange, List<String> pieces) implements ExchangeHandler {

		@Override
		public boolean onContent(ByteBuffer chunk) {
			pieces.add(StandardCharsets.ISO_8859_1.decode(chunk).toString());
			return true;
		}

		@Override
		public void onContentEnd(FieldSection trailers) {
			answer(exchange, pieces.size() + " " + String.join("", pieces));
		}

		@Override
		public void onWritable() {}

		@Override
		public void onAborted(Failure failure, Throwable cause) {}
	}

	@Test
	void contentThatComesOctetByOctetIsPassedOnTogether() throws Exception {
		gate(exchange -> {
			exchange.handler(new Pieces(exchange, new ArrayList<>()));
			exchange.receive();
		});
		try (FrameClient client = new FrameClient(gate)) {
			client.add(Frame.HEADERS, Frame.END_HEADERS, 1, FrameClient.request("POST", "/"));
			client.add(Frame.HEADERS, Frame.END_HEADERS, 3, FrameClient.request("POST", "/"));
			for (int i = 0; i < 100; i++) {
				client.add(Frame.DATA, 0, 1, FrameClient.latin("a"));
			}
			client.add(Frame.DATA, 0, 3, FrameClient.latin("b"));
			client.add(Frame.DATA, 0, 1, FrameClient.latin("c"));
			client.add(Frame.DATA, Frame.END_STREAM, 1, FrameClient.latin("d"));
			client.add(Frame.DATA, Frame.END_STREAM, 3, FrameClient.latin(""));
			client.flush();
			assertEquals("HEADERS 1 200 content-length=104", client.next());
			assertEquals("DATA 1 2 " + "a".repeat(100) + "cd END", client.next());
			assertEquals("HEADERS 3 200 content-length=3", client.next());
			assertEquals("DATA 3 1 b END", client.next());
		}
	}

	@Test
	void contentIsWholeHoweverItIsCutIntoFrames() throws Exception {
		gate(exchange -> {
			exchange.handler(new Pieces(exchange, new ArrayList<>()));
			exchange.receive();
		});
		StringBuilder content = new StringBuilder();
		try (FrameClient client = new FrameClient(gate)) {
			client.add(Frame.HEADERS, Frame.END_HEADERS, 1, FrameClient.request("POST", "/"));
			for (int i = 0; i < 100; i++) {
				String piece = Character.toString('a' + i % 26).repeat(1 + i * i % 300);
				content.append(piece);
				client.add(Frame.DATA, i == 99 ? Frame.END_STREAM : 0, 1, FrameClient.latin(piece));
			}
			client.flush();
			client.next();
			String answer = client.next();
			assertEquals(content + " END", answer.substring("DATA 1 1 ".length()));
		}
	}

	@Test
	void takesFramesOctetByOctet() throws Exception {
		gate(Echo::echo);
		try (FrameClient client = new FrameClient(gate, new byte[0])) {
			client.add(Frame.SETTINGS, 0, 0, new byte[0]);
			byte[] block = FrameClient.request("POST", "/");
			client.add(Frame.HEADERS, 0, 1, java.util.Arrays.copyOf(block, 10));
			client.add(Frame.CONTINUATION, Frame.END_HEADERS, 1, java.util.Arrays.copyOfRange(block, 10, block.length));
			client.add(Frame.DATA, Frame.END_STREAM, 1, FrameClient.latin("hello"));
			client.trickle();
			assertEquals("HEADERS 1 200 content-length=5", client.next());
			assertEquals("DATA 1 hello END", client.next());
		}
	}

	@Test
	void resetsAMalformedRequestAndGoesOn() throws Exception {
		gate(exchange -> answer(exchange, "ok"));
		try (FrameClient client = new FrameClient(gate)) {
			client.get(1, "/", "connection", "close");
			assertEquals("RST_STREAM 1 1", client.next());
			assertEquals(Failure.BAD_REQUEST, gate.outcome().failure());
			client.get(3, "/");
			assertEquals("HEADERS 3 200 content-length=2", client.next());
		}
	}

	@Test
	void answersWhatItDoesNotSupport() throws Exception {
		gate(exchange -> answer(exchange, "never"));
		try (FrameClient client = new FrameClient(gate)) {
			client.send(Frame.HEADERS, 5, 1, FrameClient.block(":method", "CONNECT", ":authority", "h:1"));
			assertTrue(client.next().startsWith("HEADERS 1 501 "));
			client.next();
			client.get(3, "/", "x", "y".repeat(Gate.LIMITS.headOctets()));
			assertTrue(client.next().startsWith("HEADERS 3 431 "));
			client.next();
			client.get(5, "/", "expect", "coffee");
			assertTrue(client.next().startsWith("HEADERS 5 417 "));
		}
	}

	@Test
	void refusesContentThatIsNotAsLongAsItsLength() throws Exception {
		CompletableFuture<Failure> aborted = new CompletableFuture<>();
		gate(exchange -> {
			new Echo(exchange, aborted);
			exchange.receive();
		});
		try (FrameClient client = new FrameClient(gate)) {
			client.post(1, "/", "content-length", "3");
			client.data(1, "four", false);
			assertEquals("RST_STREAM 1 1", client.next());
			assertEquals(Failure.BAD_REQUEST, aborted.get(20, TimeUnit.SECONDS));
			client.post(3, "/", "content-length", "3");
			client.data(3, "ab", true);
			assertEquals("RST_STREAM 3 1", client.next());
			client.post(5, "/", "content-length", "3");
			client.data(5, "ab", false);
			client.send(Frame.HEADERS, 5, 5, FrameClient.block("a", "b"));
			assertEquals("RST_STREAM 5 1", client.next());
		}
	}

	@Test
	void waitsForTheEndOfARequestThatIsAnnouncedAsEmpty() throws Exception {
		AtomicInteger handled = new AtomicInteger();
		gate(exchange -> {
			handled.incrementAndGet();
			answer(exchange, exchange.request().contentLength() + "");
		});
		try (FrameClient client = new FrameClient(gate)) {
			client.post(1, "/", "content-length", "0");
			client.data(1, "GET /smuggled", false);
			assertEquals("RST_STREAM 1 1", client.next());
			assertEquals(0, handled.get());
			client.post(3, "/", "content-length", "0");
			client.data(3, "", true);
			assertEquals("HEADERS 3 200 content-length=1", client.next());
			assertEquals("DATA 3 0 END", client.next());
		}
	}

	@Test
	void tellsTheServiceThatTheClientHasResetTheStream() throws Exception {
		CompletableFuture<Failure> aborted = new CompletableFuture<>();
		gate(exchange -> new Echo(exchange, aborted));
		try (FrameClient client = new FrameClient(gate)) {
			client.get(1, "/");
			client.reset(1);
			assertEquals(Failure.CLIENT_GONE, aborted.get(20, TimeUnit.SECONDS));
			assertEquals(Failure.CLIENT_GONE, gate.outcome().failure());
		}
	}

	@Test
	void tellsEveryServiceThatTheClientHasClosed() throws Exception {
		CompletableFuture<Failure> aborted = new CompletableFuture<>();
		gate(exchange -> new Echo(exchange, aborted));
		try (FrameClient client = new FrameClient(gate)) {
			client.get(1, "/");
		}
		assertEquals(Failure.CLIENT_GONE, aborted.get(20, TimeUnit.SECONDS));
	}

	// --- responses

	@Test
	void sendsInterimResponsesContentAndTrailers() throws Exception {
		gate(exchange -> {
			ResponseHead early = new ResponseHead().status(103);
			early.fields().add("Link", "</a>");
			exchange.inform(early);
			ResponseHead head = new ResponseHead().status(201);
			head.fields().add("Connection", "close");
			head.fields().add("X-Own", "1");
			exchange.respond(head, octets("a"), false);
			exchange.send(octets("b"), false);
			FieldSection trailers = new FieldSection();
			trailers.add("X-Sum", "2");
			exchange.sendTrailers(trailers);
		});
		try (FrameClient client = new FrameClient(gate)) {
			client.get(1, "/");
			assertEquals("HEADERS 1 103 link=</a>", client.next());
			assertEquals("HEADERS 1 201 x-own=1", client.next());
			assertEquals("DATA 1 a", client.next());
			assertEquals("DATA 1 b", client.next());
			assertEquals("HEADERS 1 x-sum=2 END", client.next());
		}
		assertEquals(2, gate.outcome().sent());
	}

	@ParameterizedTest
	@ValueSource(ints = {204, 304, 200})
	void sendsNoContentWhereThereIsNone(int status) throws Exception {
		gate(exchange -> {
			ResponseHead head = new ResponseHead().status(status);
			exchange.respond(head, octets("never"), true);
		});
		try (FrameClient client = new FrameClient(gate)) {
			String method = status == 200 ? "HEAD" : "GET";
			client.send(Frame.HEADERS, 5, 1, FrameClient.request(method, "/"));
			assertEquals("HEADERS 1 " + status + (status == 200 ? " content-length=5" : "") + " END", client.next());
		}
	}

	@Test
	void splitsALargeHead() throws Exception {
		gate(exchange -> {
			ResponseHead head = new ResponseHead().status(200);
			head.fields().add("x-large", "v".repeat(40_000));
			exchange.respond(head, null, true);
		});
		try (FrameClient client = new FrameClient(gate)) {
			client.get(1, "/");
			assertEquals("HEADERS 1 200 x-large=" + "v".repeat(40_000) + " content-length=0 END", client.next());
		}
	}

	@Test
	void breaksOffAResponseThatWillNotBeWhole() throws Exception {
		gate(exchange -> {
			ResponseHead head = new ResponseHead().status(200);
			head.fields().add("content-length", "9");
			exchange.respond(head, octets("some"), false);
			if (exchange.request().path().equals("/short")) {
				exchange.send(octets("more"), true);
			} else {
				exchange.fail(Failure.UPSTREAM_CLOSED, null);
			}
		});
		try (FrameClient client = new FrameClient(gate)) {
			for (String path : new String[] {"/short", "/failing"}) {
				int stream = path.equals("/short") ? 1 : 3;
				client.get(stream, path);
				assertEquals("HEADERS " + stream + " 200 content-length=9", client.next());
				assertEquals("DATA " + stream + " some", client.next());
				assertEquals("RST_STREAM " + stream + " 2", client.next());
			}
		}
		assertEquals(Failure.BAD_RESPONSE, gate.outcome().failure());
		assertEquals(Failure.UPSTREAM_CLOSED, gate.outcome().failure());
	}

	@Test
	void answersEarlyAndThenRefusesTheRestOfTheRequest() throws Exception {
		gate(exchange -> exchange.fail(Failure.CONTENT_TOO_LARGE, null));
		try (FrameClient client = new FrameClient(gate)) {
			client.post(1, "/");
			client.data(1, "x", false);
			assertTrue(client.next().startsWith("HEADERS 1 413 "));
			assertTrue(client.next().endsWith(" END"));
			assertEquals("RST_STREAM 1 0", client.next());
			client.data(1, "late", false);
			client.get(3, "/");
			assertTrue(client.next().startsWith("HEADERS 3 413 "));
		}
	}

	@Test
	void confirmsThatTheClientsTableIsSmaller() throws Exception {
		gate(exchange -> answer(exchange, ""));
		try (FrameClient client = new FrameClient(gate, 1, 0)) {
			client.get(1, "/");
			assertEquals(0x20, client.next(Frame.HEADERS).get(0));
			client.get(3, "/");
			assertEquals((byte) 0x88, client.next(Frame.HEADERS).get(0));
		}
	}

	@Test
	void hasNoUpgrade() throws Exception {
		CompletableFuture<Boolean> wanted = new CompletableFuture<>();
		gate(exchange -> {
			wanted.complete(exchange.wantsUpgrade());
			exchange.upgrade(new ResponseHead().status(101));
		});
		try (FrameClient client = new FrameClient(gate)) {
			client.get(1, "/");
			assertTrue(client.next().startsWith("HEADERS 1 500 "));
			assertFalse(wanted.get());
		}
	}

	// --- the end of connections

	@Test
	void drainsWhatIsInProgress() throws Exception {
		CompletableFuture<HttpExchange> held = new CompletableFuture<>();
		gate(exchange -> {
			if (!held.complete(exchange)) {
				answer(exchange, "in time");
			}
		});
		try (FrameClient client = new FrameClient(gate)) {
			client.get(1, "/");
			HttpExchange exchange = held.get(20, TimeUnit.SECONDS);
			gate.endpoint.drain(0);
			assertEquals("GOAWAY 2147483647 0", client.next());
			byte[] ping = client.next(Frame.PING).array();
			client.get(3, "/in-time");
			assertEquals("HEADERS 3 200 content-length=7", client.next());
			assertEquals("DATA 3 in time END", client.next());
			client.send(Frame.PING, Frame.ACK, 0, ping);
			assertEquals("GOAWAY 3 0", client.next());
			client.get(5, "/too-late");
			exchange.loop().execute(() -> answer(exchange, "done"));
			assertEquals("HEADERS 1 200 content-length=4", client.next());
			assertEquals("DATA 1 done END", client.next());
			assertEquals("EOF", client.next());
		}
		assertEquals(2, gate.outcomes().size());
	}

	@Test
	void abortsWhatIsInProgress() throws Exception {
		CompletableFuture<Failure> aborted = new CompletableFuture<>();
		CompletableFuture<HttpExchange> held = new CompletableFuture<>();
		gate(exchange -> {
			new Echo(exchange, aborted);
			held.complete(exchange);
		});
		try (FrameClient client = new FrameClient(gate)) {
			client.get(1, "/");
			held.get(20, TimeUnit.SECONDS);
			gate.endpoint.abort();
			assertEquals(Failure.CLIENT_GONE, aborted.get(20, TimeUnit.SECONDS));
			assertEquals("EOF", client.next());
		}
	}

	@Test
	void closesAnIdleConnectionWithGoAway() throws Exception {
		gate(new Limits(8 * 1024, 10_000, 100, 10_000, 0, 10, peer -> false), exchange -> answer(exchange, ""));
		try (FrameClient client = new FrameClient(gate)) {
			client.get(1, "/");
			assertEquals("HEADERS 1 200 content-length=0 END", client.next());
			assertEquals("GOAWAY 2147483647 0", client.next());
			assertEquals("GOAWAY 1 0", client.next());
			assertEquals("EOF", client.next());
		}
	}

	@Test
	void doesNotWaitForAHeadForEver() throws Exception {
		gate(new Limits(8 * 1024, 100, 10_000, 10_000, 0, 10, peer -> false), exchange -> answer(exchange, "never"));
		try (FrameClient silent = new FrameClient(gate, new byte[0]);
				FrameClient unfinished = new FrameClient(gate);
				FrameClient cut = new FrameClient(gate)) {
			unfinished.send(Frame.HEADERS, 0, 1, FrameClient.request("GET", "/"));
			cut.cut(Frame.HEADERS, 20);
			assertEquals("GOAWAY 0 1", silent.next());
			assertEquals("GOAWAY 0 1", unfinished.next());
			assertEquals("GOAWAY 0 1", cut.next());
		}
	}

	@ParameterizedTest
	@CsvSource({"100, 0", "600000, 240"})
	void answersWhenContentDoesNotComeAnyMore(long stallMillis, long rate) throws Exception {
		CompletableFuture<Failure> aborted = new CompletableFuture<>();
		gate(new Limits(8 * 1024, 10_000, 10_000, stallMillis, rate, 10, peer -> false), exchange -> {
			new Echo(exchange, aborted);
			exchange.receive();
		});
		try (FrameClient client = new FrameClient(gate)) {
			client.post(1, "/");
			client.data(1, "x", false);
			assertTrue(client.next().startsWith("HEADERS 1 408 "));
			assertEquals(Failure.REQUEST_TIMEOUT, aborted.get(20, TimeUnit.SECONDS));
		}
	}

	@Test
	@Pingoo("requests.limits")
	void closesConnectionsBeyondTheLimit() throws Exception {
		gate(new Limits(8 * 1024, 10_000, 10_000, 10_000, 0, 1, peer -> false), exchange -> answer(exchange, ""));
		try (FrameClient first = new FrameClient(gate)) {
			first.get(1, "/");
			assertEquals("HEADERS 1 200 content-length=0 END", first.next());
			try (FrameClient second = new FrameClient(gate, new byte[0])) {
				assertEquals("EOF", second.next());
			}
		}
	}

	@Test
	void knowsTheContentsLengthOfARequest() throws Exception {
		gate(exchange -> answer(exchange, exchange.request().contentLength() + " " + exchange.request().hasContent()));
		try (FrameClient client = new FrameClient(gate)) {
			client.post(1, "/");
			client.next();
			assertEquals("DATA 1 " + RequestHead.UNKNOWN_LENGTH + " true END", client.next());
		}
	}
}
