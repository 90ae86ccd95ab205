package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import proxy.fixtures.Await;
import proxy.fixtures.Json;
import proxy.fixtures.Pingoo;
import proxy.fixtures.Sockets;
import proxy.fixtures.TcpOrigin;
import proxy.fixtures.TestCa;
import proxy.fixtures.TestGatehouse;
import proxy.fixtures.Tls;

/** Every TCP connection is a line of the access log, whatever became of it. */
class TcpAccessLogTest {

	private static final Tls ANY_CERTIFICATE = Tls.trustingAll();
	private static final String YAML = """
			core: {drain_timeout_ms: 100}
			listeners:
			  plain: {address: "tcp://127.0.0.1:<plain>", services: [origin]}
			  ended: {address: "tcp+tls://127.0.0.1:<ended>", services: [origin]}
			  passed: {address: "tcp://127.0.0.1:<passed>", services: [secure]}
			  refused: {address: "tcp://127.0.0.1:<refused>", services: [refused]}
			  hasty: {address: "tcp://127.0.0.1:<hasty>", services: [hasty]}
			  removed: {address: "tcp://127.0.0.1:<removed>", services: [origin]}
			services:
			  origin:
			    tcp_proxy: ["<origin>"]
			  secure:
			    route: tls.server_name == "a.example"
			    tcp_proxy: ["<secure>"]
			  refused:
			    tcp_proxy: ["tcp://127.0.0.1:<nobody>"]
			  hasty:
			    tcp_proxy: {upstreams: ["<origin>"], idle_timeout_ms: 200}
			access_log:
			  path: access.log
			""";

	private static TcpOrigin origin;
	private static TcpOrigin secure;
	private static TestGatehouse gatehouse;
	private static Path log;

	@BeforeAll
	static void start() {
		origin = TcpOrigin.plain(TcpOrigin.echo());
		secure = TcpOrigin.tls(new TestCa().issue("a.example"), TcpOrigin.echo());
		gatehouse = TestGatehouse.configured(YAML).with("origin", origin.url()).with("secure", secure.url()).start();
		log = gatehouse.data().resolve("access.log");
	}

	@AfterAll
	static void stop() {
		gatehouse.close();
		origin.close();
		secure.close();
	}

	private static void echo(Socket socket) throws IOException {
		try (socket) {
			socket.setSoTimeout(20_000);
			socket.getOutputStream().write("seven b".getBytes(StandardCharsets.US_ASCII));
			assertEquals("seven b", new String(socket.getInputStream().readNBytes(7), StandardCharsets.US_ASCII));
			socket.shutdownOutput();
			assertEquals(-1, socket.getInputStream().read());
		}
	}

	private static void assertReset(String listener) throws IOException {
		try (Socket socket = Sockets.connect(gatehouse.port(listener))) {
			socket.setSoTimeout(20_000);
			socket.getOutputStream().write("not TLS".getBytes(StandardCharsets.US_ASCII));
			assertThrows(SocketException.class, () -> {
				while (socket.getInputStream().read() >= 0) {
					continue;
				}
			});
		}
	}

	@Test
	@Pingoo("log.access-tcp")
	void aPlainConnection() throws IOException {
		echo(Sockets.connect(gatehouse.port("plain")));
		Map<String, Object> line = line("plain");
		assertEquals(
				List.of("time", "listener", "client", "scheme", "received", "sent", "duration_ms", "service", "upstream", "end"),
				List.copyOf(line.keySet()));
		assertEquals("127.0.0.1", line.get("client"));
		assertEquals("tcp", line.get("scheme"));
		assertEquals(7L, line.get("received"));
		assertEquals(7L, line.get("sent"));
		assertEquals("origin", line.get("service"));
		assertEquals("127.0.0.1:" + origin.port(), line.get("upstream"));
		assertEquals("closed", line.get("end"));
	}

	@Test
	void oneWhoseTlsEndsHere() throws IOException {
		echo(ANY_CERTIFICATE.connect(gatehouse.port("ended"), "www.example"));
		Map<String, Object> line = line("ended");
		assertEquals("tcp+tls", line.get("scheme"));
		assertEquals("www.example", line.get("server_name"));
		assertEquals("TLSv1.3", line.get("tls"));
		assertEquals(7L, line.get("received"));
		assertEquals(7L, line.get("sent"));
	}

	@Test
	void oneWhoseTlsIsPassedThroughAndOneThatNoRouteIsFor() throws IOException {
		echo(ANY_CERTIFICATE.connect(gatehouse.port("passed"), "a.example"));
		Map<String, Object> line = line("passed");
		assertEquals("tcp", line.get("scheme"));
		assertEquals("a.example", line.get("server_name"));
		assertEquals(null, line.get("tls"));
		assertEquals("secure", line.get("service"));
		assertTrue((Long) line.get("received") > 100, line::toString);

		assertReset("passed");
		Await.until("it is logged", () -> lines("passed").size() == 2);
		Map<String, Object> nobodys = lines("passed").get(1);
		assertEquals("failed", nobodys.get("end"));
		assertEquals("no_route", nobodys.get("failure"));
	}

	@Test
	void oneThatNoUpstreamTakes() throws IOException {
		assertReset("refused");
		Map<String, Object> line = line("refused");
		assertEquals("failed", line.get("end"));
		assertEquals("connect_failed", line.get("failure"));
		assertEquals("Connection refused", line.get("reason"));
		assertEquals("127.0.0.1:" + gatehouse.port("nobody"), line.get("upstream"));
	}

	@Test
	void oneInWhichNothingMoves() throws IOException {
		assertReset("hasty");
		Map<String, Object> line = line("hasty");
		assertEquals("idle", line.get("end"));
		assertEquals("idle for 200 ms", line.get("reason"));
		assertEquals(7L, line.get("sent"));
	}

	@Test
	void oneThatIsBrokenOffAndOneThatIsCut() throws IOException {
		try (Socket socket = Sockets.connect(gatehouse.port("removed"))) {
			socket.getOutputStream().write(1);
			assertEquals(1, socket.getInputStream().read());
			socket.setSoLinger(true, 0);
		}
		assertEquals("broken", line("removed").get("end"));
		try (Socket socket = Sockets.connect(gatehouse.port("removed"))) {
			socket.getOutputStream().write(1);
			assertEquals(1, socket.getInputStream().read());
			gatehouse.configure(YAML.replaceAll("(?m)^  removed: .*\n", ""));
			Await.until("it is logged", () -> lines("removed").size() == 2);
			assertEquals("cut", lines("removed").get(1).get("end"));
		}
	}

	/** The one line about the listener; waits for it. */
	private static Map<String, Object> line(String listener) throws IOException {
		Await.until("a connection of " + listener + " is logged", () -> !lines(listener).isEmpty());
		assertEquals(1, lines(listener).size());
		return lines(listener).get(0);
	}

	private static List<Map<String, Object>> lines(String listener) throws IOException {
		String text = Files.exists(log) ? Files.readString(log) : "";
		return text.substring(0, text.lastIndexOf('\n') + 1).lines()
				.map(Json::object)
				.filter(line -> listener.equals(line.get("listener")))
				.toList();
	}
}
