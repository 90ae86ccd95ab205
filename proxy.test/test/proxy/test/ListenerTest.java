package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import proxy.fixtures.Answer;
import proxy.fixtures.Await;
import proxy.fixtures.Client;
import proxy.fixtures.Http1Client;
import proxy.fixtures.Origin;
import proxy.fixtures.Pingoo;
import proxy.fixtures.Ports;
import proxy.fixtures.ReceivedRequest;
import proxy.fixtures.Request;
import proxy.fixtures.Response;
import proxy.fixtures.TestGatehouse;

/** Where the gateway listens, and for whom. */
class ListenerTest {

	private static Origin origin;
	private static TestGatehouse gatehouse;

	@BeforeAll
	static void start() {
		origin = Origin.plain(Answer.echo());
		gatehouse = TestGatehouse.configured("""
				listeners:
				  http: {address: "http://127.0.0.1:<http>"}
				  https: {address: "https://127.0.0.1:<https>"}
				  any-ipv4: {address: "http://0.0.0.0:<any-ipv4>"}
				  any: {address: "http://[::]:<any>"}
				  believing:
				    address: "http://127.0.0.1:<believing>"
				    trusted_proxies: [127.0.0.0/8]
				  hasty:
				    address: "http://127.0.0.1:<hasty>"
				    head_timeout_ms: 500
				    idle_timeout_ms: 500
				  other: {address: "http://127.0.0.1:<other>", services: [nothing]}
				services:
				  nothing:
				    route: "false"
				    http_proxy: ["<origin>"]
				  origin:
				    http_proxy: ["<origin>"]
				""").with("origin", origin.url()).start();
	}

	@AfterAll
	static void stop() {
		gatehouse.close();
		origin.close();
	}

	@Test
	void saysOnceASecondThatThereAreNoFilesForConnectionsAndTakesThemLater() throws Exception {
		List<Http1Client> crowd = new ArrayList<>();
		try (Stream<Path> files = Files.list(Path.of("/proc/" + gatehouse.pid() + "/fd"))) {
			limitFiles(Long.toString(files.count()));
		}
		try {
			for (int i = 0; i < 20; i++) {
				crowd.add(Http1Client.plain(gatehouse.port("http")));
			}
			String later = gatehouse.log().await("no connection can be accepted: Too many open files", "\"not_logged\":");
			assertTrue(gatehouse.log().with("no connection can be accepted").indexOf(later) <= 1, gatehouse.log()::toString);
		} finally {
			limitFiles("4096");
		}
		for (Http1Client client : crowd) {
			assertEquals(200, client.send(Request.get("/")).status());
			client.close();
		}
	}

	private static void limitFiles(String limit) throws Exception {
		assertEquals(0, new ProcessBuilder("prlimit", "--pid", Long.toString(gatehouse.pid()), "--nofile=" + limit + ":").start().waitFor());
	}

	@Test
	void anIPv4AddressIsForIPv4() throws IOException {
		gatehouse.log().await("Starting listener any-ipv4 on http://0.0.0.0:" + gatehouse.port("any-ipv4"));
		assertEquals("127.0.0.1", clientAddress("127.0.0.1", "any-ipv4"));
		assertThrows(ConnectException.class, () -> Http1Client.plain("::1", gatehouse.port("any-ipv4")));
	}

	@Test
	@Pingoo("config.address-ipv6")
	void theUnspecifiedIPv6AddressIsForBoth() throws IOException {
		gatehouse.log().await("Starting listener any on http://[::]:" + gatehouse.port("any"));
		assertEquals("127.0.0.1", clientAddress("127.0.0.1", "any"));
		assertEquals("::1", clientAddress("::1", "any"));
	}

	/** As in most containers. */
	@Test
	void theUnspecifiedIPv6AddressIsForIPv4WhereThereIsNoIPv6() throws IOException {
		TestGatehouse.Setup setup = TestGatehouse.configured("""
				listeners:
				  any: {address: "http://[::]:<any>"}
				  one: {address: "http://[::1]:<one>"}
				services:
				  origin:
				    http_proxy: ["<origin>"]
				""").with("origin", origin.url()).option("-Djava.net.preferIPv4Stack=true");
		try (TestGatehouse withoutIPv6 = setup.start(); Http1Client client = Http1Client.plain(withoutIPv6.port("any"))) {
			assertEquals(200, client.send(Request.get("/")).status());
			withoutIPv6.log().await("http://[::1]:" + withoutIPv6.port("one") + " cannot be bound: there is no IPv6 here");
		}
	}

	/** What the tracker takes for its peer: no brackets, no port, no zone, IPv4 as IPv4. */
	private static String clientAddress(String address, String listener) throws IOException {
		try (Http1Client client = Http1Client.plain(address, gatehouse.port(listener))) {
			ReceivedRequest seen = client.send(Request.get("/")).echo();
			assertEquals(1, seen.fields().all("x-forwarded-for").size());
			assertEquals(seen.fields().all("x-forwarded-for"), seen.fields().all("pingoo-client-ip"));
			return seen.fields().get("x-forwarded-for");
		}
	}

	@Pingoo("http.x-forwarded-for")
	@Test
	void aTrustedProxysWordIsKeptAndItsAddressAdded() throws IOException {
		try (Http1Client client = Http1Client.plain(gatehouse.port("believing"))) {
			ReceivedRequest seen = client.send(Request.get("/").with("X-Forwarded-For", "203.0.113.9")).echo();
			assertEquals(List.of("203.0.113.9, 127.0.0.1"), seen.fields().all("x-forwarded-for"));
			assertEquals("203.0.113.9", seen.fields().get("pingoo-client-ip"));
		}
	}

	@Test
	void onlyTheServicesOfAListenerAreOfferedThere() throws IOException {
		try (Http1Client client = Http1Client.plain(gatehouse.port("other"))) {
			Response response = client.send(Request.get("/"));
			assertEquals(404, response.status());
		}
	}

	@Test
	void aHeadThatDoesNotCompleteIsGivenUp() throws IOException {
		try (Http1Client client = Http1Client.plain(gatehouse.port("hasty"))) {
			client.write("GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
			assertEquals(408, client.receive("GET").status());
			assertTrue(client.ended());
		}
	}

	@Test
	void anIdleConnectionIsClosed() throws IOException {
		try (Http1Client client = Http1Client.plain(gatehouse.port("hasty"))) {
			assertEquals(200, client.send(Request.get("/")).status());
			assertTrue(client.ended());
		}
	}

	/** One client that says nothing must not keep others out. */
	@Test
	@Pingoo("tls.handshakes")
	void aHandshakeThatNeverHappensHoldsUpNobody() throws IOException {
		try (Http1Client silent = Http1Client.plain(gatehouse.port("https"));
				Http1Client half = Http1Client.plain(gatehouse.port("https")).write("\u0016\u0003\u0001\u0001\u0000\u0001");
				Client client = Protocol.HTTPS_2.connect(gatehouse)) {
			assertEquals(200, client.send(Request.get("/")).status());
		}
	}

	@ParameterizedTest
	@EnumSource
	void everyExchangeInProgressEndsBeforeTheGatewayDoes(Protocol protocol) throws Exception {
		try (Origin patient = Origin.plain(Answer.echo());
				TestGatehouse ending = Gateways.echoing(patient);
				Client client = protocol.connect(ending)) {
			patient.answer((request, connection) -> {
				connection.write("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nbe");
				ending.terminate();
				Await.until("nobody is accepted any more", () -> !Ports.isOpen(ending.port("http")));
				connection.write("fore");
			});
			Response response = client.send(Request.get("/slow"));
			assertTrue(response.whole(), response::toString);
			assertEquals("before", response.text());
			assertTrue(List.of(0, 143).contains(ending.awaitEnd()));
		}
	}
}
