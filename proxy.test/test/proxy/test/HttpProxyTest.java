package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import proxy.fixtures.Answer;
import proxy.fixtures.Client;
import proxy.fixtures.Http1Client;
import proxy.fixtures.Origin;
import proxy.fixtures.OriginConnection;
import proxy.fixtures.Pingoo;
import proxy.fixtures.ReceivedRequest;
import proxy.fixtures.Request;
import proxy.fixtures.Response;
import proxy.fixtures.TestGatehouse;

/** How the service http_proxy chooses, connects and lets go, and what it adds. */
class HttpProxyTest {

	private static final List<SocketChannel> waiting = new ArrayList<>();

	private static Origin one;
	private static Origin other;
	private static ServerSocket deaf;
	private static TestGatehouse gatehouse;

	@BeforeAll
	static void start() throws IOException {
		one = Origin.plain(Answer.echo());
		other = Origin.plain(Answer.echo());
		deaf = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
		fillQueue();
		gatehouse = TestGatehouse.configured("""
				listeners:
				  http: {address: "http://127.0.0.1:<http>", max_head_size: 1048576}
				  https: {address: "https://127.0.0.1:<https>", max_head_size: 1048576}
				services:
				  deaf:
				    route: http_request.path == "/deaf"
				    http_proxy: {upstreams: ["http://127.0.0.1:<deaf>"], connect_timeout_ms: 300}
				  nobody:
				    route: http_request.path == "/nobody"
				    http_proxy: []
				  brief:
				    route: http_request.path == "/brief"
				    http_proxy: {upstreams: ["<one>"], keep_alive_ms: 200}
				  both:
				    route: http_request.path == "/both"
				    http_proxy: ["<one>", "<other>"]
				  named:
				    route: http_request.path == "/named"
				    http_proxy: {upstreams: ["<one>"], server_header: ""}
				  one:
				    http_proxy: ["<one>"]
				""").with("one", one.url()).with("other", other.url()).with("deaf", deaf.getLocalPort()).start();
	}

	/** Nobody accepts there, and the system's queue of those who wait is full: who comes now is not answered. */
	private static void fillQueue() throws IOException {
		for (int i = 0; i < 4; i++) {
			SocketChannel channel = SocketChannel.open();
			channel.configureBlocking(false);
			channel.connect(new InetSocketAddress("127.0.0.1", deaf.getLocalPort()));
			waiting.add(channel);
		}
	}

	@AfterAll
	static void stop() throws IOException {
		gatehouse.close();
		one.close();
		other.close();
		for (SocketChannel channel : waiting) {
			channel.close();
		}
		deaf.close();
	}

	@Pingoo("http.balancing")
	@ParameterizedTest
	@EnumSource
	void everyUpstreamGetsItsShare(Protocol protocol) throws IOException {
		int before = one.served();
		int otherBefore = other.served();
		try (Client client = protocol.connect(gatehouse)) {
			for (int i = 0; i < 100; i++) {
				assertEquals(200, client.send(Request.get("/both")).status());
			}
		}
		assertEquals(100, one.served() - before + other.served() - otherBefore);
		assertTrue(one.served() > before && other.served() > otherBefore);
	}

	@Pingoo("http.connect-timeout")
	@ParameterizedTest
	@EnumSource
	void anUpstreamThatDoesNotAcceptIs504(Protocol protocol) throws IOException {
		assertEquals(504, send(protocol, Request.get("/deaf")).status());
	}

	@Pingoo("http.no-upstream")
	@ParameterizedTest
	@EnumSource
	void aServiceWithoutUpstreamsIs503(Protocol protocol) throws IOException {
		Response response = send(protocol, Request.get("/nobody"));
		assertEquals(503, response.status());
		assertEquals("1", response.fields().get("retry-after"));
	}

	@Pingoo("http.idle-connections")
	@Test
	void idleConnectionsAreClosedInTime() throws Exception {
		assertEquals(200, send(Protocol.HTTP_1, Request.get("/brief")).status());
		for (OriginConnection connection : one.connections()) {
			assertTrue(connection.endedWithin(60));
		}
	}

	@Pingoo({"http.fields-added", "http.upstream-http1"})
	@ParameterizedTest
	@EnumSource
	void theUpstreamIsToldTheseFieldsAndNoOthers(Protocol protocol) throws IOException {
		ReceivedRequest seen = send(protocol, Request.get("/")).echo();
		assertTrue(seen.toString().startsWith("GET / HTTP/1.1\n"), seen::toString);
		Set<String> names = new TreeSet<>();
		seen.fields().lines().forEach(line -> names.add(line.name().toLowerCase(Locale.ROOT)));
		assertEquals(Set.of("host", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "pingoo-client-ip"), names);
	}

	@ParameterizedTest
	@EnumSource(names = {"HTTP_1", "HTTPS_1"})
	void aHeadAsLargeAsTheListenerTakesIsForwarded(Protocol protocol) throws IOException {
		String half = "p".repeat(500_000);
		ReceivedRequest seen = send(protocol, Request.get("/" + half).with("X-Half", half)).echo();
		assertEquals("/" + half, seen.target());
		assertEquals(half, seen.fields().get("x-half"));
	}

	@Pingoo("http.server")
	@ParameterizedTest
	@EnumSource
	void theServerFieldIsTheGatewaysUnlessItIsNotToBe(Protocol protocol) throws IOException {
		one.answer(Answer.raw("HTTP/1.1 200 OK\r\nServer: origin\r\nContent-Length: 0\r\n\r\n"));
		try {
			assertEquals(List.of("gatehouse"), send(protocol, Request.get("/")).fields().all("server"));
			assertEquals(List.of("origin"), send(protocol, Request.get("/named")).fields().all("server"));
		} finally {
			one.answer(Answer.echo());
		}
	}

	@Pingoo("http.options")
	@ParameterizedTest
	@EnumSource
	void optionsOfTheWholeServerAreForwarded(Protocol protocol) throws IOException {
		ReceivedRequest seen = send(protocol, Request.of("OPTIONS", "*")).echo();
		assertEquals("OPTIONS", seen.method());
		assertEquals("*", seen.target());
	}

	@Pingoo("http.connect-method")
	@Test
	void connectIsRefused() throws IOException {
		int before = one.served();
		try (Http1Client client = Http1Client.plain(gatehouse.port("http"))) {
			client.write("CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: localhost\r\n\r\n");
			assertEquals(501, client.receive("CONNECT").status());
		}
		assertEquals(before, one.served());
	}

	private static Response send(Protocol protocol, Request request) throws IOException {
		try (Client client = protocol.connect(gatehouse)) {
			return client.send(request);
		}
	}
}
