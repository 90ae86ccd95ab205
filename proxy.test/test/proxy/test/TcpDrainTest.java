package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import proxy.fixtures.Await;
import proxy.fixtures.Pingoo;
import proxy.fixtures.Ports;
import proxy.fixtures.Sockets;
import proxy.fixtures.TcpOrigin;
import proxy.fixtures.TestGatehouse;

/** TCP connections outlive changes of the configuration, and what they came by for as long as the drain time. */
class TcpDrainTest {

	private static final String CONFIGURATION = """
			core: {drain_timeout_ms: %d}
			listeners:
			  tcp: {address: "tcp://127.0.0.1:<tcp>", services: [db]}
			  second: {address: "tcp://127.0.0.1:<second>", services: [other]}
			  http: {address: "http://127.0.0.1:<http>", services: [web]}
			services:
			  web:
			    http_proxy: ["http://127.0.0.1:<nobody>"]
			  other:
			    tcp_proxy: ["<b>"]
			  db:
			    tcp_proxy: ["<a>"]
			""";
	private static final int LONG = 20_000;
	private static final int SHORT = 500;

	private static TcpOrigin a;
	private static TcpOrigin b;
	private static TestGatehouse gatehouse;

	@BeforeAll
	static void start() {
		a = TcpOrigin.plain(TcpOrigin.greeting("a"));
		b = TcpOrigin.plain(TcpOrigin.greeting("b"));
		gatehouse = gatehouse(SHORT);
	}

	@BeforeEach
	void restore() {
		gatehouse.configure(CONFIGURATION.formatted(SHORT));
		Await.until("everything is as at first", () -> {
			try (Socket tcp = tunnel(gatehouse, "tcp"); Socket second = tunnel(gatehouse, "second")) {
				return read(tcp).equals("a") && read(second).equals("b");
			} catch (IOException notYet) {
				return false;
			}
		});
	}

	@AfterAll
	static void stop() {
		gatehouse.close();
		a.close();
		b.close();
	}

	private static TestGatehouse gatehouse(int drainMillis) {
		return TestGatehouse.configured(CONFIGURATION.formatted(drainMillis)).with("a", a.url()).with("b", b.url()).start();
	}

	private static Socket tunnel(TestGatehouse gatehouse, String listener) throws IOException {
		Socket client = Sockets.connect(gatehouse.port(listener));
		client.setSoTimeout(20_000);
		return client;
	}

	private static String read(Socket client) throws IOException {
		return new String(client.getInputStream().readNBytes(1), StandardCharsets.US_ASCII);
	}

	private static void assertAlive(Socket client) throws IOException {
		client.getOutputStream().write('x');
		assertEquals("x", read(client));
	}

	@Test
	void newConnectionsGoToNewUpstreamsAndTunnelsStayWhereTheyAre() throws IOException {
		try (Socket before = tunnel(gatehouse, "tcp")) {
			assertEquals("a", read(before));
			gatehouse.configure(CONFIGURATION.formatted(SHORT).replace("<a>", "<b>"));
			Await.until("new connections go elsewhere", () -> {
				try (Socket client = tunnel(gatehouse, "tcp")) {
					return read(client).equals("b");
				}
			});
			assertAlive(before);
		}
	}

	@Test
	void aChangeOfSomethingElseTouchesNoTunnel() throws IOException {
		try (Socket client = tunnel(gatehouse, "tcp")) {
			assertEquals("a", read(client));
			gatehouse.configure(CONFIGURATION.formatted(SHORT)
					.replace("  other:\n    tcp_proxy: [\"<b>\"]", "  other:\n    tcp_proxy: {upstreams: [\"<b>\"], connect_timeout_ms: 1000}")
					.replace("services: [db]", "services: [db], max_connections: 10")
					.replace("  second: {address: \"tcp://127.0.0.1:<second>\"", "  second: {address: \"tcp://127.0.0.1:<third>\""));
			Await.until("the other listener has moved", () -> Ports.isOpen(gatehouse.port("third")) && !Ports.isOpen(gatehouse.port("second")));
			assertAlive(client);
		}
	}

	@Pingoo("tcp.drain")
	@Test
	void aListenerThatGoesCutsItsTunnelsWhenTheDrainTimeIsOver() throws IOException {
		try (Socket gone = tunnel(gatehouse, "second");
				Socket stays = tunnel(gatehouse, "tcp")) {
			assertEquals("ab", read(stays) + read(gone));
			gatehouse.configure(CONFIGURATION.formatted(SHORT).replaceAll("  second: .*\n", ""));
			assertThrows(SocketException.class, () -> gone.getInputStream().read());
			gatehouse.log().await("the drain time is over", "\"listener\":\"second\"", "\"connections\":1");
			assertAlive(stays);
		}
	}

	@Test
	void aServiceThatGoesCutsItsTunnelsWhenTheDrainTimeIsOver() throws IOException {
		try (Socket gone = tunnel(gatehouse, "second");
				Socket stays = tunnel(gatehouse, "tcp")) {
			assertEquals("ab", read(stays) + read(gone));
			gatehouse.configure(CONFIGURATION.formatted(SHORT)
					.replace("  other:\n    tcp_proxy: [\"<b>\"]\n", "").replace("[other]", "[db]"));
			assertThrows(SocketException.class, () -> gone.getInputStream().read());
			assertAlive(stays);
		}
	}

	@Pingoo("tcp.shutdown")
	@Test
	void theGatewayWaitsForTunnelsBeforeItEnds() throws IOException {
		try (TestGatehouse ending = gatehouse(LONG); Socket client = tunnel(ending, "tcp")) {
			assertEquals("a", read(client));
			ending.terminate();
			Await.until("nobody is accepted any more", () -> !Ports.isOpen(ending.port("tcp")));
			assertAlive(client);
			assertTrue(ending.isAlive());
			client.shutdownOutput();
			assertEquals(-1, client.getInputStream().read());
			assertTrue(List.of(0, 143).contains(ending.awaitEnd()));
			assertFalse(ending.log().any("the drain time is over"));
		}
	}

	@Test
	void theGatewayDoesNotWaitForEver() throws IOException {
		try (TestGatehouse ending = gatehouse(SHORT); Socket client = tunnel(ending, "tcp")) {
			assertEquals("a", read(client));
			ending.terminate();
			assertThrows(SocketException.class, () -> client.getInputStream().read());
			assertTrue(List.of(0, 143).contains(ending.awaitEnd()));
		}
	}

	@Pingoo("tcp.services")
	@Test
	void aListenerOfTheWrongKindChangesNothingAndSaysSo() throws IOException {
		try (Socket client = tunnel(gatehouse, "tcp")) {
			assertEquals("a", read(client));
			gatehouse.configure(CONFIGURATION.formatted(SHORT).replace("[db]", "[db, other]").replace("[other]", "[web]"));
			gatehouse.log().await("service 'db' has no route and takes every connection, nothing is left for 'other'");
			gatehouse.log().await("service 'web' is of kind http_proxy, which a tcp listener cannot offer");
			assertAlive(client);
		}
	}
}
