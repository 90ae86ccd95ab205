package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxy.fixtures.Pingoo;
import proxy.fixtures.Sockets;
import proxy.fixtures.TcpOrigin;
import proxy.fixtures.TestCa;
import proxy.fixtures.TestGatehouse;
import proxy.fixtures.Tls;

/** Which service a TCP connection is for: by the name that a TLS client asks for, whether TLS ends here or not, and by the client. */
class TcpRoutingTest {

	/** What the gateway has certificates of. */
	private static final TestCa GATEWAYS = new TestCa();
	/** What the origins have certificates of, and the gateway does not know. */
	private static final TestCa ORIGINS = new TestCa();

	private static TcpOrigin plainA;
	private static TcpOrigin plainB;
	private static TcpOrigin tlsA;
	private static TcpOrigin tlsB;
	private static TcpOrigin other;
	private static TestGatehouse gatehouse;

	@BeforeAll
	static void start() throws IOException {
		plainA = TcpOrigin.plain(TcpOrigin.greeting("plain a"));
		plainB = TcpOrigin.plain(TcpOrigin.greeting("plain b"));
		tlsA = TcpOrigin.tls(ORIGINS.issue("a.example.com"), TcpOrigin.greeting("tls a"));
		tlsB = TcpOrigin.tls(ORIGINS.issue("b.example.com"), TcpOrigin.greeting("tls b"));
		other = TcpOrigin.plain(TcpOrigin.greeting("other"));
		TestGatehouse.Setup setup = TestGatehouse.configured("""
				listeners:
				  ended: {address: "tcp+tls://127.0.0.1:<ended>", services: [plain-a, plain-b]}
				  agreeing: {address: "tcp+tls://127.0.0.1:<agreeing>", services: [plain-a, plain-b], alpn: [imap, h2]}
				  passed: {address: "tcp://127.0.0.1:<passed>", services: [tls-a, tls-b, other], handshake_timeout_ms: 500}
				  strict: {address: "tcp://127.0.0.1:<strict>", services: [tls-a]}
				  nobody: {address: "tcp://127.0.0.1:<nobody>", services: [elsewhere]}
				services:
				  plain-a:
				    route: tls.server_name == "a.example.com" && tls.version == "TLSv1.3"
				    tcp_proxy: ["<plain-a>"]
				  plain-b:
				    route: tls.server_name.ends_with(".example.com")
				    tcp_proxy: ["<plain-b>"]
				  tls-a:
				    route: tls.server_name == "a.example.com" && listener != "elsewhere"
				    tcp_proxy: ["<tls-a>"]
				  tls-b:
				    route: tls.server_name == "b.example.com"
				    tcp_proxy: ["<tls-b>"]
				  elsewhere:
				    route: client.ip == Ip("192.0.2.1")
				    tcp_proxy: ["<other>"]
				  other:
				    tcp_proxy: ["<other>"]
				rules:
				  no-requests-at-all:
				    actions: [block]
				""");
		TestCa.write(setup.folder().resolve("data/tls"), "a.example.com", GATEWAYS.issue("a.example.com"));
		TestCa.write(setup.folder().resolve("data/tls"), "b.example.com", GATEWAYS.issue("b.example.com"));
		gatehouse = setup.with("plain-a", plainA.url()).with("plain-b", plainB.url())
				.with("tls-a", tlsA.url()).with("tls-b", tlsB.url()).with("other", other.url()).start();
	}

	@AfterAll
	static void stop() {
		gatehouse.close();
		for (TcpOrigin origin : new TcpOrigin[] {plainA, plainB, tlsA, tlsB, other}) {
			origin.close();
		}
	}

	@Pingoo("tcp.tls")
	@ParameterizedTest
	@ValueSource(strings = {"a", "b"})
	void whereTlsEndsHereTheNameSaysWhichCertificateAndWhichService(String name) throws IOException {
		try (SSLSocket client = Tls.trusting(GATEWAYS.root()).connect(gatehouse.port("ended"), name + ".example.com")) {
			assertEquals("plain " + name, read(client, 7));
			assertEquals("TLSv1.3", client.getSession().getProtocol());
		}
	}

	@Pingoo("tcp.alpn")
	@Test
	void applicationProtocolsAreAgreedOnWhereTheyAreSet() throws IOException {
		Tls tls = Tls.trusting(GATEWAYS.root());
		try (SSLSocket client = tls.connect(gatehouse.port("ended"), "a.example.com", "h2", "imap")) {
			assertEquals("", client.getApplicationProtocol());
			assertEquals("plain a", read(client, 7));
		}
		try (SSLSocket client = tls.connect(gatehouse.port("agreeing"), "a.example.com", "h2", "imap")) {
			assertEquals("imap", client.getApplicationProtocol());
			assertEquals("plain a", read(client, 7));
		}
		try (SSLSocket client = tls.connect(gatehouse.port("agreeing"), "a.example.com", "h2")) {
			assertEquals("h2", client.getApplicationProtocol());
			assertEquals("plain a", read(client, 7));
		}
	}

	@Pingoo("tcp.sni")
	@ParameterizedTest
	@ValueSource(strings = {"a", "b"})
	void tlsIsPassedThroughToTheOneWhoHasTheName(String name) throws IOException {
		try (SSLSocket client = Tls.trusting(ORIGINS.root()).connect(gatehouse.port("passed"), name + ".example.com", "x")) {
			assertEquals("tls " + name, read(client, 5));
			client.getOutputStream().write("and back".getBytes(StandardCharsets.US_ASCII));
			assertEquals("and back", read(client, 8));
		}
	}

	@Test
	void aHelloThatComesInPiecesIsWaitedFor() throws Exception {
		try (Socket socket = Sockets.connect(gatehouse.port("passed"))) {
			socket.setSoTimeout(20_000);
			TcpOrigin slow = TcpOrigin.plain(client -> {
				byte[] hello = client.getInputStream().readNBytes(100);
				for (byte octet : hello) {
					socket.getOutputStream().write(octet);
					Thread.sleep(1);
				}
				Thread back = new Thread(() -> {
					try {
						socket.getInputStream().transferTo(client.getOutputStream());
					} catch (IOException gone) {
						// the client says what it has seen
					}
				});
				back.setDaemon(true);
				back.start();
				client.getInputStream().transferTo(socket.getOutputStream());
			});
			try (slow; SSLSocket client = Tls.trusting(ORIGINS.root()).connect(slow.port(), "b.example.com")) {
				assertEquals("tls b", read(client, 5));
			}
		}
	}

	@Test
	@Pingoo("tcp.rules")
	void whatIsNotTlsGoesOnToTheNextService() throws IOException {
		try (Socket client = Sockets.connect(gatehouse.port("passed"))) {
			client.getOutputStream().write("GET / HTTP/1.0\r\n".getBytes(StandardCharsets.US_ASCII));
			assertEquals("otherGET / HTTP/1.0\r\n", read(client, 21));
		}
	}

	@Test
	void aClientThatWaitsForTheUpstreamsFirstWordGetsItWhenTheTimeForAHelloIsOver() throws IOException {
		try (Socket client = Sockets.connect(gatehouse.port("passed"))) {
			assertEquals("other", read(client, 5));
		}
	}

	@Test
	void aNameThatIsNobodysIsRefused() {
		int before = tlsA.accepted();
		assertThrows(IOException.class,
				() -> Tls.trusting(ORIGINS.root()).connect(gatehouse.port("strict"), "b.example.com"));
		assertEquals(before, tlsA.accepted());
	}

	@Test
	@Pingoo("tcp.rules")
	void aClientThatNoRouteIsForIsRefused() {
		int before = other.accepted();
		assertThrows(SocketException.class, () -> {
			try (Socket client = Sockets.connect(gatehouse.port("nobody"))) {
				client.getInputStream().read();
			}
		});
		assertEquals(before, other.accepted());
	}

	private static String read(Socket socket, int count) throws IOException {
		socket.setSoTimeout(20_000);
		return new String(socket.getInputStream().readNBytes(count), StandardCharsets.US_ASCII);
	}
}
