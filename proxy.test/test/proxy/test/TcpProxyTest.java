package proxy.test;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import proxy.fixtures.Await;
import proxy.fixtures.Pingoo;
import proxy.fixtures.Sockets;
import proxy.fixtures.TcpOrigin;
import proxy.fixtures.TestGatehouse;
import proxy.fixtures.Tls;

/** What goes through tcp and tcp+tls listeners arrives, whole, in both directions, with its ends. */
class TcpProxyTest {

	private static final int BLOCK = 1 << 20;
	private static final int BLOCKS = 100;
	/** What the kernel's buffers and the gateway may hold of a stream that nobody reads. */
	private static final long SWALLOWED = 28L << 20;
	private static final Tls ANY_CERTIFICATE = Tls.trustingAll();

	/** What the origin does with the next connections. */
	private static final AtomicReference<TcpOrigin.Conversation> CONVERSATION = new AtomicReference<>();
	private static final BlockingQueue<String> SEEN = new LinkedBlockingQueue<>();

	private static TcpOrigin origin;
	private static TestGatehouse gatehouse;

	@BeforeAll
	static void start() {
		origin = TcpOrigin.plain(socket -> CONVERSATION.get().hold(socket));
		gatehouse = TestGatehouse.configured("""
				listeners:
				  tcp: {address: "tcp://127.0.0.1:<tcp>", services: [origin]}
				  tcp+tls: {address: "tcp+tls://127.0.0.1:<tcptls>", services: [origin]}
				  mixed: {address: "tcp://127.0.0.1:<mixed>", services: [mixed]}
				  refused: {address: "tcp://127.0.0.1:<refused>", services: [refused]}
				  hasty: {address: "tcp://127.0.0.1:<hasty>", services: [hasty]}
				services:
				  origin:
				    tcp_proxy: ["<origin>"]
				  mixed:
				    tcp_proxy: ["tcp://127.0.0.1:<nobody>", "<origin>"]
				  refused:
				    tcp_proxy: ["tcp://127.0.0.1:<nobody>"]
				  hasty:
				    tcp_proxy: {upstreams: ["<origin>"], idle_timeout_ms: 300}
				""").with("origin", origin.url()).option("-Xmx64m").option("-XX:MaxDirectMemorySize=64m").start();
	}

	@AfterAll
	static void stop() {
		gatehouse.close();
		origin.close();
	}

	private static Socket connect(String listener, TcpOrigin.Conversation conversation) throws IOException {
		CONVERSATION.set(conversation);
		SEEN.clear();
		Socket socket = listener.equals("tcptls")
				? ANY_CERTIFICATE.connect(gatehouse.port(listener), "localhost")
				: Sockets.connect(gatehouse.port(listener));
		socket.setSoTimeout(20_000);
		return socket;
	}

	private static void write(Socket socket, String text) throws IOException {
		socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	private static String read(Socket socket, int count) throws IOException {
		return new String(socket.getInputStream().readNBytes(count), StandardCharsets.ISO_8859_1);
	}

	private static String readAll(Socket socket) throws IOException {
		return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
	}

	@ParameterizedTest
	@ValueSource(strings = {"tcp", "tcptls"})
	void whoeverSpeaksFirstIsHeard(String listener) throws IOException {
		try (Socket client = connect(listener, TcpOrigin.greeting("220 ready\r\n"))) {
			assertEquals("220 ready\r\n", read(client, 11));
			write(client, "EHLO there");
			assertEquals("EHLO there", read(client, 10));
		}
	}

	@Pingoo("tcp.half-close")
	@ParameterizedTest
	@ValueSource(strings = {"tcp", "tcptls"})
	void theAnswerStillComesWhenTheClientHasEndedItsDirection(String listener) throws IOException {
		for (String words : List.of("", "1", "12", "that is all", "x".repeat(100_000))) {
			try (Socket client = connect(listener, socket -> write(socket, "you said: " + readAll(socket)))) {
				write(client, words);
				client.shutdownOutput();
				assertEquals("you said: " + words, readAll(client));
			}
		}
	}

	/** Each engine has a way of its own with a close_notify (RFC 8446 section 6.1). */
	@Pingoo("tcp.half-close")
	@ParameterizedTest
	@CsvSource({"conscrypt, TLSv1.3", "conscrypt, TLSv1.2", "jdk, TLSv1.3"})
	void insideTlsTheAnswerStillComesToo(String engine, String version) throws IOException {
		try (TcpOrigin answering = TcpOrigin.plain(socket -> write(socket, "you said: " + readAll(socket)));
				TestGatehouse gatehouse = TestGatehouse.configured("""
						core: {tls_engine: <engine>}
						listeners:
						  tls: {address: "tcp+tls://127.0.0.1:<tls>", tls_min_version: "1.2"}
						services:
						  origin:
						    tcp_proxy: ["<origin>"]
						""").with("engine", engine).with("origin", answering.url()).start();
				Socket client = ANY_CERTIFICATE.only(version).connect(gatehouse.port("tls"), "localhost")) {
			write(client, "that is all");
			client.shutdownOutput();
			assertEquals("you said: that is all", readAll(client));
		}
	}

	/** Such clients as those of OpenSSL, which end TLS in the segment of the last words and keep the connection open. */
	@Test
	void anEndThatComesWithTheLastWordsIsSeen() throws Exception {
		CONVERSATION.set(socket -> write(socket, "you said: " + readAll(socket)));
		try (Relay relay = new Relay(gatehouse.port("tcptls")); Socket client = ANY_CERTIFICATE.connect(relay.port(), "localhost")) {
			client.setSoTimeout(20_000);
			relay.collect();
			write(client, "that is all");
			client.shutdownOutput();
			assertEquals("you said: that is all", readAll(client));
		}
	}

	/** Somebody on the way can end a connection, but not say close_notify: what has come may be a part (RFC 8446 section 6.1). */
	@Test
	void anEndInsideTlsThatTheClientHasNotSaidIsAReset() throws Exception {
		CONVERSATION.set(socket -> {
			write(socket, "you said: " + read(socket, 7));
			try {
				SEEN.add("read " + socket.getInputStream().read());
			} catch (SocketException reset) {
				SEEN.add(reset.getMessage());
			}
		});
		SEEN.clear();
		try (Relay relay = new Relay(gatehouse.port("tcptls")); Socket client = ANY_CERTIFICATE.connect(relay.port(), "localhost")) {
			client.setSoTimeout(20_000);
			write(client, "pay 100");
			assertEquals("you said: pay 100", read(client, 17));
			relay.cut();
			assertEquals("Connection reset", SEEN.poll(20, TimeUnit.SECONDS));
		}
	}

	/** Passes on both directions; what it has been told to collect at once, when its client has ended, and no end. */
	private static final class Relay implements AutoCloseable {

		private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
		private final Socket there;
		private volatile boolean collecting;

		Relay(int port) throws IOException {
			there = Sockets.connect(port);
			there.setTcpNoDelay(true);
			Thread thread = new Thread(this::serve);
			thread.setDaemon(true);
			thread.start();
		}

		int port() {
			return server.getLocalPort();
		}

		void collect() {
			collecting = true;
		}

		/** Ends the direction to the gateway. */
		void cut() throws IOException {
			there.shutdownOutput();
		}

		private void serve() {
			try (Socket here = server.accept()) {
				Thread back = new Thread(() -> {
					try {
						there.getInputStream().transferTo(here.getOutputStream());
						here.shutdownOutput();
					} catch (IOException gone) {
						// the client says what it has seen
					}
				});
				back.setDaemon(true);
				back.start();
				ByteArrayOutputStream collected = new ByteArrayOutputStream();
				byte[] buffer = new byte[4096];
				for (int count = here.getInputStream().read(buffer); count >= 0; count = here.getInputStream().read(buffer)) {
					collected.write(buffer, 0, count);
					if (!collecting) {
						there.getOutputStream().write(collected.toByteArray());
						collected.reset();
					}
				}
				there.getOutputStream().write(collected.toByteArray());
				back.join();
			} catch (IOException | InterruptedException gone) {
				// the client says what it has seen
			}
		}

		@Override
		public void close() throws IOException {
			there.close();
			server.close();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"tcp", "tcptls"})
	void theClientMaySpeakOnWhenTheUpstreamHasEndedItsDirection(String listener) throws Exception {
		try (Socket client = connect(listener, socket -> {
			write(socket, "last words");
			socket.shutdownOutput();
			SEEN.add(readAll(socket));
		})) {
			assertEquals("last words", readAll(client));
			write(client, "and mine");
			client.close();
			assertEquals("and mine", SEEN.poll(20, TimeUnit.SECONDS));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"tcp", "tcptls"})
	void aHundredMegabytesArriveInBothDirectionsAtOnce(String listener) throws Exception {
		try (Socket client = connect(listener, TcpOrigin.echo())) {
			byte[] block = new byte[BLOCK];
			new Random(7).nextBytes(block);
			MessageDigest sent = MessageDigest.getInstance("SHA-256");
			Thread writer = new Thread(() -> {
				try {
					OutputStream output = client.getOutputStream();
					for (int i = 0; i < BLOCKS; i++) {
						block[i]++;
						sent.update(block);
						output.write(block);
					}
				} catch (IOException e) {
					throw new AssertionError(e);
				}
			});
			writer.start();
			MessageDigest received = MessageDigest.getInstance("SHA-256");
			byte[] buffer = new byte[BLOCK];
			for (int i = 0; i < BLOCKS; i++) {
				assertEquals(BLOCK, client.getInputStream().readNBytes(buffer, 0, BLOCK));
				received.update(buffer);
			}
			writer.join();
			assertArrayEquals(sent.digest(), received.digest());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"tcp", "tcptls"})
	void aSlowClientHoldsBackTheUpstream(String listener) throws Exception {
		AtomicLong written = new AtomicLong();
		try (Socket client = connect(listener, socket -> {
			byte[] block = new byte[BLOCK];
			for (int i = 0; i < BLOCKS; i++) {
				socket.getOutputStream().write(block);
				written.addAndGet(BLOCK);
			}
		})) {
			Await.until("the upstream writes", () -> written.get() > 0);
			long taken = Await.still("the upstream is held back", written::get);
			assertTrue(taken < SWALLOWED, () -> taken + " octets are somewhere");
			assertEquals((long) BLOCKS * BLOCK, client.getInputStream().transferTo(OutputStream.nullOutputStream()));
		}
	}

	@Test
	void theClientsResetIsPassedOn() throws Exception {
		try (Socket client = connect("tcp", socket -> {
			write(socket, "hello");
			try {
				SEEN.add("read " + socket.getInputStream().read());
			} catch (SocketException reset) {
				SEEN.add(reset.getMessage());
			}
		})) {
			assertEquals("hello", read(client, 5));
			client.setSoLinger(true, 0);
		}
		assertEquals("Connection reset", SEEN.poll(20, TimeUnit.SECONDS));
	}

	@Test
	void theUpstreamsResetIsPassedOn() throws IOException {
		try (Socket client = connect("tcp", socket -> {
			socket.getInputStream().read();
			socket.setSoLinger(true, 0);
		})) {
			write(client, "x");
			assertThrows(SocketException.class, () -> client.getInputStream().read());
		}
	}

	@Pingoo("tcp.attempts")
	@Test
	void anUpstreamThatRefusesIsLeftForAnother() throws IOException {
		for (int i = 0; i < 20; i++) {
			try (Socket client = connect("mixed", TcpOrigin.greeting("here"))) {
				assertEquals("here", read(client, 4));
			}
		}
	}

	@Pingoo("tcp.failure")
	@Test
	void whenNoUpstreamCanBeReachedTheClientIsResetAndTheLogSaysWhy() throws IOException {
		try (Socket client = connect("refused", TcpOrigin.echo())) {
			assertThrows(SocketException.class, () -> client.getInputStream().read());
		}
		gatehouse.log().await("connection failed", "\"service\":\"refused\"", "\"failure\":\"connect_failed\"",
				"127.0.0.1:" + gatehouse.port("nobody"), "Connection refused");
	}

	@Pingoo("tcp.idle")
	@Test
	void aTunnelInWhichNothingMovesIsEnded() throws IOException {
		try (Socket client = connect("hasty", TcpOrigin.greeting("hello"))) {
			assertEquals("hello", read(client, 5));
			assertThrows(SocketException.class, () -> client.getInputStream().read());
		}
	}
}
