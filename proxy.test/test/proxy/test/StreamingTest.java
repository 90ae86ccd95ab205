package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import proxy.fixtures.Answer;
import proxy.fixtures.Await;
import proxy.fixtures.Client;
import proxy.fixtures.Http1Client;
import proxy.fixtures.Http2Client;
import proxy.fixtures.Http2Stream;
import proxy.fixtures.Octets;
import proxy.fixtures.Origin;
import proxy.fixtures.OriginConnection;
import proxy.fixtures.Pingoo;
import proxy.fixtures.Request;
import proxy.fixtures.Response;
import proxy.fixtures.TestGatehouse;

/** Content flows while it comes, at the pace of the slower side, and whoever goes takes the other side along. */
class StreamingTest {

	private static final int BLOCK = 1 << 20;
	private static final int BLOCKS = 40;
	/** What the kernel's buffers of the gateway's two sockets may swallow, and a little more. */
	private static final long SWALLOWED = 28L << 20;

	private static Origin origin;
	private static TestGatehouse gatehouse;

	@BeforeAll
	static void start() {
		origin = Origin.plain(Answer.echo());
		gatehouse = TestGatehouse.configured(Gateways.YAML)
				.with("origin", origin.url())
				.option("-Xmx64m")
				.option("-XX:MaxDirectMemorySize=64m")
				.start();
	}

	@AfterAll
	static void stop() {
		gatehouse.close();
		origin.close();
	}

	@AfterEach
	void servesAsBefore() throws IOException {
		origin.answer(Answer.echo());
		try (Client client = Protocol.HTTP_1.connect(gatehouse)) {
			assertEquals("/after", client.send(Request.get("/after")).echo().target());
		}
	}

	@Pingoo("http.streaming")
	@ParameterizedTest
	@EnumSource
	void aSlowClientHoldsBackTheUpstream(Protocol protocol) throws Exception {
		AtomicLong written = new AtomicLong();
		origin.answer((request, connection) -> sendBlocks(connection, written));
		try (Client client = protocol.connect(gatehouse)) {
			byte[] content;
			if (client instanceof Http1Client http1) {
				http1.write(Request.get("/large").http1Head());
				http1.receiveHead();
				assertHeldBack(written::get);
				content = http1.read(BLOCK * BLOCKS);
			} else {
				Http2Stream stream = ((Http2Client) client).openHeld(Request.get("/large"));
				stream.head();
				assertHeldBack(written::get);
				stream.release();
				content = stream.response().content();
			}
			assertEquals(digestOfBlocks(), digest(content));
		}
	}

	@Pingoo("http.streaming")
	@ParameterizedTest
	@EnumSource
	void aSlowUpstreamHoldsBackTheClient(Protocol protocol) throws Exception {
		CountDownLatch goOn = new CountDownLatch(1);
		origin.answer((request, connection) -> {
			Await.open(goOn);
			connection.write("HTTP/1.1 200 OK\r\nContent-Length: 64\r\n\r\n" + digest(request.content()));
		});
		AtomicLong written = new AtomicLong();
		Request request = Request.of("POST", "/large").with("Content-Length", String.valueOf((long) BLOCK * BLOCKS));
		try (Client client = protocol.connect(gatehouse)) {
			Http2Stream stream = client instanceof Http2Client http2 ? http2.open(request, false) : null;
			Thread sender = new Thread(() -> send(client, stream, request, written));
			sender.start();
			assertHeldBack(written::get);
			goOn.countDown();
			Response response = stream == null ? ((Http1Client) client).receive("POST") : stream.response();
			sender.join();
			assertEquals(200, response.status());
			assertEquals(digestOfBlocks(), response.text());
		} finally {
			goOn.countDown();
		}
	}

	private static void send(Client client, Http2Stream stream, Request request, AtomicLong written) {
		try {
			if (stream == null) {
				((Http1Client) client).write(request.http1Head());
			}
			for (int i = 0; i < BLOCKS; i++) {
				if (stream == null) {
					((Http1Client) client).write(block(i));
				} else {
					stream.write(block(i), i == BLOCKS - 1);
				}
				written.addAndGet(BLOCK);
			}
		} catch (IOException e) {
			throw new AssertionError("after " + written, e);
		}
	}

	@Pingoo("http.streaming")
	@ParameterizedTest
	@EnumSource
	void contentArrivesWhileMoreIsStillToCome(Protocol protocol) throws Exception {
		CountDownLatch goOn = new CountDownLatch(1);
		origin.answer((request, connection) -> {
			connection.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n");
			Await.open(goOn);
			connection.write("6\r\nsecond\r\n0\r\n\r\n");
		});
		try (Client client = protocol.connect(gatehouse)) {
			if (client instanceof Http1Client http1) {
				http1.write(Request.get("/events").http1Head());
				http1.receiveHead();
				assertEquals("5\r\nfirst\r\n", Octets.text(http1.read(10)));
				goOn.countDown();
				assertEquals("6\r\nsecond\r\n0\r\n\r\n", Octets.text(http1.read(16)));
			} else {
				Http2Stream stream = ((Http2Client) client).start(Request.get("/events"));
				Await.until("the first event", () -> stream.received() == 5);
				goOn.countDown();
				assertEquals("firstsecond", stream.response().text());
			}
		} finally {
			goOn.countDown();
		}
	}

	@Pingoo("http.streaming")
	@ParameterizedTest
	@EnumSource
	void theRequestReachesTheUpstreamWhileMoreIsStillToCome(Protocol protocol) throws Exception {
		CountDownLatch firstHalf = new CountDownLatch(1);
		origin.answer((request, connection) -> {
			StringBuilder head = new StringBuilder();
			while (!head.toString().contains("half")) {
				head.append((char) connection.input().read());
			}
			firstHalf.countDown();
			while (!head.toString().endsWith("0\r\n\r\n")) {
				head.append((char) connection.input().read());
			}
			connection.write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
			connection.close();
		});
		try (Client client = protocol.connect(gatehouse)) {
			Request request = Request.of("POST", "/slow").inChunks();
			if (client instanceof Http1Client http1) {
				http1.write(request.http1Head()).write("4\r\nhalf\r\n");
				Await.open(firstHalf);
				assertEquals(200, http1.write("4\r\nrest\r\n0\r\n\r\n").receive("POST").status());
			} else {
				Http2Stream stream = ((Http2Client) client).open(request, false);
				stream.write(Octets.of("half"), false);
				Await.open(firstHalf);
				stream.write(Octets.of("rest"), true);
				assertEquals(200, stream.response().status());
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void passesAnEarlyAnswerOnWhileContentIsStillComing(Protocol protocol) throws Exception {
		origin.answer((request, connection) -> {
			connection.write("HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\nConnection: close\r\n\r\nbig");
			connection.awaitEnd();
			connection.close();
		});
		Request request = Request.of("POST", "/upload").with("Content-Length", "1000000");
		try (Client client = protocol.connect(gatehouse)) {
			Response response;
			if (client instanceof Http1Client http1) {
				response = http1.write(request.http1Head()).write(new byte[1000]).receive("POST");
			} else {
				Http2Stream stream = ((Http2Client) client).open(request, false);
				stream.write(new byte[1000], false);
				response = stream.response();
			}
			assertEquals(413, response.status());
			assertEquals("big", response.text());
		}
	}

	/** Longer than the gateway leaves between two looks at an upstream that has not begun to answer. */
	@ParameterizedTest
	@EnumSource
	void bothSidesMayPauseInTheMiddleOfContent(Protocol protocol) throws Exception {
		CountDownLatch answering = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		origin.answer((request, connection) -> {
			connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\nConnection: close\r\n\r\nfirst");
			answering.countDown();
			Await.open(goOn);
			connection.write(" last");
			connection.close();
		});
		Request request = Request.of("POST", "/upload").with("Content-Length", "10");
		long pause = System.nanoTime() + 3_000_000_000L;
		try (Client client = protocol.connect(gatehouse)) {
			Response response;
			if (client instanceof Http1Client http1) {
				http1.write(request.http1Head());
				Await.open(answering);
				http1.write(Octets.of("begun"));
				Await.until("three seconds have passed", () -> System.nanoTime() - pause > 0);
				goOn.countDown();
				response = http1.receive("POST");
			} else {
				Http2Stream stream = ((Http2Client) client).open(request, false);
				Await.open(answering);
				stream.write(Octets.of("begun"), false);
				Await.until("three seconds have passed", () -> System.nanoTime() - pause > 0);
				goOn.countDown();
				response = stream.response();
			}
			assertEquals("first last", response.text());
		}
	}

	@ParameterizedTest
	@EnumSource
	void aClientThatGoesWhileItWaitsEndsTheUpstreamsConnection(Protocol protocol) throws Exception {
		CountDownLatch received = new CountDownLatch(1);
		CountDownLatch ended = new CountDownLatch(1);
		origin.answer((request, connection) -> {
			received.countDown();
			awaitEnd(connection, ended);
		});
		try (Client client = protocol.connect(gatehouse)) {
			startAndGo(client, Request.get("/wait"), received);
			Await.open(ended);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aClientThatGoesWhileItIsAnsweredEndsTheUpstreamsConnection(Protocol protocol) throws Exception {
		CountDownLatch answering = new CountDownLatch(1);
		CountDownLatch ended = new CountDownLatch(1);
		origin.answer((request, connection) -> {
			connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nbegin");
			answering.countDown();
			awaitEnd(connection, ended);
		});
		try (Client client = protocol.connect(gatehouse)) {
			startAndGo(client, Request.get("/wait"), answering);
			Await.open(ended);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aClientThatGoesWhileItSendsEndsTheUpstreamsConnection(Protocol protocol) throws Exception {
		CountDownLatch received = new CountDownLatch(1);
		CountDownLatch ended = new CountDownLatch(1);
		origin.answer((request, connection) -> {
			received.countDown();
			awaitEnd(connection, ended);
		});
		try (Client client = protocol.connect(gatehouse)) {
			startAndGo(client, Request.of("POST", "/upload").with("Content-Length", "1000000"), received);
			Await.open(ended);
		}
	}

	private static void startAndGo(Client client, Request request, CountDownLatch when) throws IOException {
		if (client instanceof Http1Client http1) {
			http1.write(request.http1Head());
			Await.open(when);
			http1.close();
		} else {
			Http2Stream stream = ((Http2Client) client).open(request, request.method().equals("GET"));
			Await.open(when);
			stream.reset(8);
		}
	}

	private static void awaitEnd(OriginConnection connection, CountDownLatch ended) {
		try {
			connection.awaitEnd();
		} catch (IOException reset) {
			// an end as good as any
		}
		ended.countDown();
		connection.close();
	}

	private static void sendBlocks(OriginConnection connection, AtomicLong written) throws IOException {
		connection.write("HTTP/1.1 200 OK\r\nContent-Length: " + (long) BLOCK * BLOCKS + "\r\n\r\n");
		for (int i = 0; i < BLOCKS; i++) {
			connection.write(block(i));
			written.addAndGet(BLOCK);
		}
	}

	/** Waits until the count stands still, and checks that it does so early. */
	private static void assertHeldBack(LongSupplier count) {
		long taken = Await.still("the sender is held back", count);
		assertTrue(taken < SWALLOWED, () -> taken + " octets were taken though nobody wanted them");
	}

	private static byte[] block(int number) {
		return Octets.random(BLOCK, number);
	}

	private static String digestOfBlocks() {
		MessageDigest digest = sha256();
		for (int i = 0; i < BLOCKS; i++) {
			digest.update(block(i));
		}
		return HexFormat.of().formatHex(digest.digest());
	}

	private static String digest(byte[] content) {
		return HexFormat.of().formatHex(sha256().digest(content));
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		} catch (NoSuchAlgorithmException e) {
			throw new AssertionError(e);
		}
	}
}
