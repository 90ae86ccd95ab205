package proxy.test;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import proxy.api.tls.TlsIdentity;
import proxy.fixtures.Answer;
import proxy.fixtures.Client;
import proxy.fixtures.Http1Client;
import proxy.fixtures.Octets;
import proxy.fixtures.Origin;
import proxy.fixtures.Pingoo;
import proxy.fixtures.ReceivedRequest;
import proxy.fixtures.Request;
import proxy.fixtures.Response;
import proxy.fixtures.TestCa;
import proxy.fixtures.TestGatehouse;
import proxy.fixtures.Tls;
import proxy.fixtures.WebSocketClient;

/** Upstreams that speak TLS, on any port. */
class TlsUpstreamTest {

	private static TlsIdentity identity;
	private static Origin origin;
	private static Origin plain;
	private static TestGatehouse gatehouse;

	@BeforeAll
	static void start() {
		identity = new TestCa().issue("localhost", "127.0.0.1");
		origin = Origin.tls(identity, Answer.echo());
		plain = Origin.plain(Answer.echo());
		gatehouse = TestGatehouse.configured("""
				listeners:
				  http: {address: "http://127.0.0.1:<http>"}
				  https: {address: "https://127.0.0.1:<https>"}
				services:
				  checked:
				    route: http_request.path == "/checked"
				    http_proxy: ["<origin>"]
				  no-tls:
				    route: http_request.path == "/no-tls"
				    http_proxy: {upstreams: ["https://127.0.0.1:<plain>"], tls_verify: false}
				  closing:
				    route: http_request.path.starts_with("/closing")
				    http_proxy: {upstreams: ["https://127.0.0.1:<closing>"], tls_verify: false}
				  unchecked:
				    http_proxy: {upstreams: ["<origin>"], tls_verify: false}
				""").with("origin", origin.url()).with("plain", plain.port()).start();
	}

	@AfterAll
	static void stop() {
		gatehouse.close();
		origin.close();
		plain.stop();
	}

	@AfterEach
	void echoes() {
		origin.answer(Answer.echo());
	}

	@Pingoo({"http.tls-upstream-port", "http.tls-upstream-version"})
	@ParameterizedTest
	@EnumSource
	void forwardsAsToAnyOther(Protocol protocol) throws IOException {
		byte[] content = Octets.random(300_000, 1);
		int before = origin.accepted();
		try (Client client = protocol.connect(gatehouse)) {
			for (int i = 0; i < 20; i++) {
				ReceivedRequest seen = client.send(Request.post("/a%2Fb?c|d", content).to("api.example.com:8443").inChunks()).echo();
				assertEquals("/a%2Fb?c|d", seen.target());
				assertEquals("api.example.com:8443", seen.fields().get("host"));
				assertEquals(protocol.isTls() ? "https" : "http", seen.fields().get("x-forwarded-proto"));
				assertArrayEquals(content, seen.content());
			}
		}
		assertTrue(origin.accepted() - before <= 1, "a connection for every request");
	}

	@Pingoo("http.tls-upstream-verify")
	@ParameterizedTest
	@EnumSource
	void aCertificateThatNobodyVouchesForIs502(Protocol protocol) throws IOException {
		try (Client client = protocol.connect(gatehouse)) {
			assertEquals(502, client.send(Request.get("/checked")).status());
		}
		gatehouse.log().await("request failed", "\"service\":\"checked\"");
	}

	@ParameterizedTest
	@EnumSource
	void anUpstreamThatSpeaksNoTlsIs502(Protocol protocol) throws IOException {
		try (Client client = protocol.connect(gatehouse)) {
			assertEquals(502, client.send(Request.get("/no-tls")).status());
		}
	}

	/** RFC 8446 section 6.1: an end without close_notify may be an attacker's. */
	@ParameterizedTest
	@EnumSource
	void anEndInsideContentBreaksTheAnswerOff(Protocol protocol) throws IOException {
		origin.answer(Answer.rawAndClose("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\ncut"));
		try (Client client = protocol.connect(gatehouse)) {
			Response response = client.send(Request.get("/"));
			assertEquals(200, response.status());
			assertFalse(response.whole(), response::toString);
		}
	}

	/** RFC 9112 section 9.8. */
	@ParameterizedTest
	@EnumSource
	void theEndOfTheConnectionEndsContentOnlyWithCloseNotify(Protocol protocol) throws Exception {
		try (ServerSocket server = new ServerSocket(gatehouse.port("closing"), 50, InetAddress.getLoopbackAddress());
				Client client = protocol.connect(gatehouse)) {
			Thread answering = new Thread(() -> endConnections(server));
			answering.start();
			Response proper = client.send(Request.get("/closing/properly"));
			assertEquals("all of it", proper.text());
			assertTrue(proper.whole(), proper::toString);
			Response cut = client.send(Request.get("/closing/early"));
			assertEquals(200, cut.status());
			assertFalse(cut.whole(), cut::toString);
			answering.join();
		}
	}

	/** Answers two requests, each by the end of its connection: with a close_notify, then without one. */
	private static void endConnections(ServerSocket server) {
		SSLContext context = Tls.serving(identity);
		for (boolean properly : new boolean[] {true, false}) {
			try (Socket socket = server.accept()) {
				SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, null, false);
				tls.setUseClientMode(false);
				tls.getInputStream().read(new byte[8192]);
				tls.getOutputStream().write(Octets.of("HTTP/1.1 200 OK\r\n\r\nall of it"));
				if (properly) {
					tls.close();
				} else {
					socket.shutdownOutput();
					socket.getInputStream().transferTo(OutputStream.nullOutputStream());
				}
			} catch (IOException e) {
				throw new AssertionError(e);
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void idleConnectionsThatItClosesCostNoRequest(Protocol protocol) throws IOException {
		origin.answer((request, connection) -> {
			connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
			connection.close();
		});
		try (Client client = protocol.connect(gatehouse)) {
			for (int i = 0; i < 100; i++) {
				assertEquals(200, client.send(Request.get("/")).status());
			}
		}
	}

	@Test
	void tunnelsWebSockets() throws IOException {
		origin.answer(Answer.webSocketEcho());
		try (WebSocketClient socket =
				WebSocketClient.open((Http1Client) Protocol.HTTPS_1.connect(gatehouse), Request.get("/socket"))) {
			for (int i = 0; i < 100; i++) {
				socket.send("frame " + i);
				assertEquals("frame " + i, socket.receive().text());
			}
			socket.end();
		}
	}
}
