package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import proxy.fixtures.Answer;
import proxy.fixtures.Await;
import proxy.fixtures.Client;
import proxy.fixtures.Http1Client;
import proxy.fixtures.Origin;
import proxy.fixtures.Pingoo;
import proxy.fixtures.Ports;
import proxy.fixtures.Programs;
import proxy.fixtures.ReceivedRequest;
import proxy.fixtures.Request;
import proxy.fixtures.Sockets;
import proxy.fixtures.TcpOrigin;
import proxy.fixtures.TestGatehouse;
import proxy.fixtures.Tls;

/** Who the client is goes through a chain of proxies by the PROXY protocol, and only the word of trusted ones counts. */
class ProxyProtocolTest {

	private static final byte[] VERSION_1 =
			"PROXY TCP4 203.0.113.9 198.51.100.2 40000 443\r\n".getBytes(StandardCharsets.US_ASCII);
	private static final byte[] VERSION_2 = HexFormat.of().parseHex(
			"0d0a0d0a000d0a515549540a" + "21210024" + "20010db8000000000000000000000009" + "20010db8000000000000000000000002" + "9c4001bb");

	private static Origin origin;
	private static TcpOrigin lineReader;
	private static TestGatehouse gatehouse;

	@BeforeAll
	static void start() {
		origin = Origin.plain(Answer.echo());
		lineReader = TcpOrigin.plain(socket -> socket.getInputStream().transferTo(socket.getOutputStream()));
		gatehouse = TestGatehouse.configured("""
				listeners:
				  http: {address: "http://127.0.0.1:<http>", proxy_protocol: true, trusted_proxies: [127.0.0.1], handshake_timeout_ms: 2000}
				  https: {address: "https://127.0.0.1:<https>", proxy_protocol: true, trusted_proxies: [127.0.0.1]}
				  elsewhere: {address: "http://127.0.0.1:<elsewhere>", proxy_protocol: true, trusted_proxies: [192.0.2.0/24]}
				  tcp: {address: "tcp://127.0.0.1:<tcp>", services: [v1], proxy_protocol: true, trusted_proxies: [127.0.0.1]}
				  tcp+tls: {address: "tcp+tls://127.0.0.1:<tcptls>", services: [v1], proxy_protocol: true, trusted_proxies: [127.0.0.1]}
				  to-v1: {address: "tcp://127.0.0.1:<to-v1>", services: [v1]}
				  to-v2: {address: "tcp://127.0.0.1:<to-v2>", services: [v2]}
				services:
				  origin:
				    http_proxy: ["<origin>"]
				  v1:
				    tcp_proxy: {upstreams: ["<line-reader>"], send_proxy_protocol: v1}
				  v2:
				    tcp_proxy: {upstreams: ["<line-reader>"], send_proxy_protocol: v2}
				rules:
				  client:
				    expression: http_request.path == "/blocked" && client.ip == Ip("203.0.113.9") && client.remote_port == 40000
				    actions: [{action: block}]
				access_log:
				  path: access.log
				""").with("origin", origin.url()).with("line-reader", lineReader.url()).start();
	}

	@AfterAll
	static void stop() {
		gatehouse.close();
		lineReader.close();
		origin.close();
	}

	static Stream<Arguments> headers() {
		return Stream.of(Protocol.values()).flatMap(protocol -> Stream.of(
				Arguments.of(protocol, VERSION_1, "203.0.113.9"), Arguments.of(protocol, VERSION_2, "2001:db8::9")));
	}

	@Pingoo("tcp.proxy-protocol")
	@ParameterizedTest(name = "{0} {2}")
	@MethodSource("headers")
	void theClientIsTheOneThatTheHeaderNames(Protocol protocol, byte[] header, String address) throws Exception {
		String target = "/seen?" + protocol + "=" + address;
		try (TcpOrigin http = TcpOrigin.relay(gatehouse.port("http"), header);
				TcpOrigin https = TcpOrigin.relay(gatehouse.port("https"), header);
				Client client = protocol.connect(http.port(), https.port())) {
			ReceivedRequest seen = client.send(Request.get(target).with("X-Forwarded-For", "192.0.2.77")).echo();
			assertEquals(List.of(address), seen.fields().all("x-forwarded-for"));
			assertEquals(address, seen.fields().get("pingoo-client-ip"));
			assertEquals(header == VERSION_1 ? 403 : 200, client.send(Request.get("/blocked")).status());
		}
		Path log = gatehouse.data().resolve("access.log");
		Await.until("it is in the access log", () -> Files.readAllLines(log).stream()
				.anyMatch(line -> line.contains(target) && line.contains("\"client\":\"" + address)));
	}

	@Test
	void theClientOfATcpListenerIsNamedToTheUpstream() throws IOException {
		for (String listener : new String[] {"tcp", "tcptls"}) {
			try (TcpOrigin proxy = TcpOrigin.relay(gatehouse.port(listener), VERSION_1);
					Socket client = listener.equals("tcp")
							? Sockets.connect(proxy.port()) : Tls.trustingAll().connect(proxy.port(), "localhost")) {
				client.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
				assertEquals(new String(VERSION_1, StandardCharsets.US_ASCII) + "hello", read(client, VERSION_1.length + 5));
			}
		}
	}

	@Test
	void anUpstreamIsToldInTheVersionThatItWants() throws IOException {
		try (Socket client = Sockets.connect(gatehouse.port("to-v1"))) {
			String expected = "PROXY TCP4 127.0.0.1 127.0.0.1 " + client.getLocalPort() + " " + gatehouse.port("to-v1") + "\r\n";
			assertEquals(expected, read(client, expected.length()));
		}
		try (Socket client = Sockets.connect(gatehouse.port("to-v2"))) {
			String expected = "0d0a0d0a000d0a515549540a" + "2111000c" + "7f0000017f000001"
					+ String.format("%04x%04x", client.getLocalPort(), gatehouse.port("to-v2"));
			assertEquals(expected, HexFormat.of().formatHex(read(client, 28).getBytes(StandardCharsets.ISO_8859_1)));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "PROXY TCP4 203.0.113.9 198.51.100.2 040000 443\r\n", "\r\n\r\nQUIT"})
	void aTrustedProxyThatSendsAnythingElseIsCutOffAndTheLogSaysSo(String octets) throws IOException {
		int before = gatehouse.log().with("a trusted proxy sent no proper PROXY header").size();
		assertThrows(SocketException.class, () -> {
			try (Socket client = Sockets.connect(gatehouse.port("http"))) {
				client.getOutputStream().write(octets.getBytes(StandardCharsets.US_ASCII));
				client.getInputStream().read();
			}
		});
		Await.until("a line in the log",
				() -> gatehouse.log().with("a trusted proxy sent no proper PROXY header", "\"peer\":\"127.0.0.1\"").size() > before);
	}

	@Test
	void aTrustedProxyThatSaysNothingIsCutOff() throws IOException {
		try (Socket client = Sockets.connect(gatehouse.port("http"))) {
			client.setSoTimeout(20_000);
			client.getOutputStream().write('P');
			assertThrows(SocketException.class, () -> client.getInputStream().read());
		}
		gatehouse.log().await("a trusted proxy sent no proper PROXY header", "no PROXY header within 2000 ms");
	}

	@Test
	void theWordOfOthersIsNoHeader() throws IOException {
		try (Http1Client client = Http1Client.plain(gatehouse.port("elsewhere"))) {
			client.write(VERSION_1).write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
			assertEquals(400, client.receive("GET").status());
		}
		try (Http1Client client = Http1Client.plain(gatehouse.port("elsewhere"))) {
			assertEquals("127.0.0.1", client.send(Request.get("/")).echo().fields().get("x-forwarded-for"));
		}
	}

	/** HAProxy in front and HAProxy behind: what we read and write is what others write and read. */
	@Test
	void haproxyUnderstandsAndIsUnderstood(@TempDir Path folder) throws Exception {
		Programs.require("haproxy");
		int front = Ports.free();
		int back = Ports.free();
		int middle = Ports.free();
		int toHttp = Ports.free();
		Path config = Files.writeString(folder.resolve("haproxy.cfg"), """
				defaults
				  mode tcp
				  timeout connect 5s
				  timeout client 20s
				  timeout server 20s
				listen front
				  bind 127.0.0.1:%d
				  server gatehouse 127.0.0.1:%d send-proxy-v2
				listen to-http
				  bind 127.0.0.1:%d
				  server gatehouse 127.0.0.1:%d send-proxy-v2
				frontend back
				  bind 127.0.0.1:%d accept-proxy
				  mode http
				  http-request return status 200 content-type text/plain lf-string "client %%[src]:%%[src_port]"
				""".formatted(front, middle, toHttp, gatehouse.port("http"), back));
		Process haproxy = new ProcessBuilder("haproxy", "-db", "-f", config.toString()).inheritIO().start();
		try (TestGatehouse between = TestGatehouse.configured("""
				listeners:
				  tcp: {address: "tcp://127.0.0.1:<middle>", proxy_protocol: true, trusted_proxies: [127.0.0.0/8]}
				services:
				  back:
				    tcp_proxy: {upstreams: ["tcp://127.0.0.1:<back>"], send_proxy_protocol: v2}
				""").with("middle", middle).with("back", back).start()) {
			Await.until("HAProxy listens", () -> Ports.isOpen(front) && Ports.isOpen(back));
			String answer = get(front);
			assertTrue(answer.matches("(?s)HTTP/1.1 200 .*client 127\\.0\\.0\\.5:\\d+"), answer);
			assertTrue(get(toHttp).contains("x-forwarded-for: 127.0.0.5"), () -> "not among what the origin saw");
		} finally {
			haproxy.destroy();
			haproxy.waitFor();
		}
	}

	/** A request from an address that nothing else here has. */
	private static String get(int port) throws IOException {
		try (Socket client = new Socket()) {
			client.bind(new InetSocketAddress("127.0.0.5", 0));
			client.setSoTimeout(20_000);
			client.connect(new InetSocketAddress("127.0.0.1", port));
			client.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			return new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
		}
	}

	private static String read(Socket socket, int count) throws IOException {
		socket.setSoTimeout(20_000);
		return new String(socket.getInputStream().readNBytes(count), StandardCharsets.ISO_8859_1);
	}
}
