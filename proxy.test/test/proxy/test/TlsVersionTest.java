package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;
import proxy.fixtures.Answer;
import proxy.fixtures.Await;
import proxy.fixtures.Http1Client;
import proxy.fixtures.Origin;
import proxy.fixtures.Pingoo;
import proxy.fixtures.Programs;
import proxy.fixtures.Request;
import proxy.fixtures.Response;
import proxy.fixtures.TestGatehouse;
import proxy.fixtures.Tls;

/** What a TLS listener agrees on with clients of different ages. */
class TlsVersionTest {

	private static final String YAML = """
			listeners:
			  https: {address: "https://127.0.0.1:<https>", tls_min_version: "1.3"}
			services:
			  origin:
			    http_proxy: ["<origin>"]
			""";

	@Test
	@Pingoo({"tls.version", "tls.alpn"})
	void isTheNewestUnlessOlderOnesAreAllowed() throws Exception {
		try (Origin origin = Origin.plain(Answer.text("origin"));
				TestGatehouse gatehouse = TestGatehouse.configured(YAML).with("origin", origin.url()).start()) {
			assertEquals("TLSv1.3 h2", agreed(gatehouse, "TLSv1.3", "http/1.1", "h2"));
			assertEquals("TLSv1.3 http/1.1", agreed(gatehouse, "TLSv1.3", "http/1.1"));
			assertThrows(IOException.class, () -> agreed(gatehouse, "TLSv1.2", "h2"));
			gatehouse.configure(YAML.replace("\"1.3\"", "\"1.2\""));
			Await.until("TLS 1.2 is accepted", () -> {
				try {
					return agreed(gatehouse, "TLSv1.2", "h2", "http/1.1").equals("TLSv1.2 h2");
				} catch (IOException notYet) {
					return false;
				}
			});
			assertEquals("TLSv1.3 h2", agreed(gatehouse, "TLSv1.3", "h2"));
		}
	}

	@Test
	void whoSpeaksHttpWithoutTlsIsToldSo() throws Exception {
		try (Origin origin = Origin.plain(Answer.text("origin"));
				TestGatehouse gatehouse = TestGatehouse.configured(YAML).with("origin", origin.url()).start();
				Http1Client client = Http1Client.plain(gatehouse.port("https"))) {
			Response response = client.send(Request.get("/"));
			assertEquals(400, response.status());
			assertTrue(response.text().contains("https://"), response::toString);
			assertTrue(response.whole() && client.ended());
		}
	}

	@Test
	@Pingoo("tls.suites")
	void theThreeSuitesOfTls13AreThere() throws Exception {
		Programs.require("curl");
		try (Origin origin = Origin.plain(Answer.text("origin"));
				TestGatehouse gatehouse = TestGatehouse.configured(YAML).with("origin", origin.url()).start()) {
			for (String suite : List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256")) {
				String said = curl(gatehouse, suite);
				assertTrue(said.contains("SSL connection using TLSv1.3 / " + suite), said);
			}
		}
	}

	@Test
	@Pingoo("tls.client-certificates")
	void clientsAreNotAskedForACertificate() throws Exception {
		Programs.require("curl");
		try (Origin origin = Origin.plain(Answer.text("origin"));
				TestGatehouse gatehouse = TestGatehouse.configured(YAML).with("origin", origin.url()).start()) {
			String said = curl(gatehouse, "TLS_AES_128_GCM_SHA256");
			assertTrue(said.contains("TLS handshake, CERT verify (15)"), said);
			assertFalse(said.contains("Request CERT (13)"), said);
		}
	}

	private static String curl(TestGatehouse gatehouse, String suite) throws Exception {
		Process curl = new ProcessBuilder("curl", "-skv", "--tls13-ciphers", suite, "https://localhost:" + gatehouse.port("https") + "/")
				.redirectErrorStream(true)
				.start();
		String said = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertEquals(0, curl.waitFor(), said);
		return said;
	}

	/** Certificates are looked at in a full handshake only. */
	@Test
	@Pingoo("tls.resumption")
	void aClientThatComesAgainResumesItsSession() throws Exception {
		AtomicInteger fullHandshakes = new AtomicInteger();
		SSLContext context = SSLContext.getInstance("TLSv1.3");
		context.init(null, new TrustManager[] {new CountingTrust(fullHandshakes)}, null);
		try (Origin origin = Origin.plain(Answer.text("origin"));
				TestGatehouse gatehouse = TestGatehouse.configured(YAML).with("origin", origin.url()).start()) {
			for (int i = 0; i < 3; i++) {
				try (Socket socket = context.getSocketFactory().createSocket("127.0.0.1", gatehouse.port("https"))) {
					socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
					String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
					assertTrue(answer.endsWith("origin"), answer);
				}
			}
		}
		assertEquals(1, fullHandshakes.get());
	}

	private static final class CountingTrust extends X509ExtendedTrustManager {

		private final AtomicInteger asked;

		CountingTrust(AtomicInteger asked) {
			this.asked = asked;
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
			asked.incrementAndGet();
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
			throw new AssertionError("sockets only");
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type) {
			throw new AssertionError("sockets only");
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
			throw new AssertionError("a client");
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
			throw new AssertionError("a client");
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String type) {
			throw new AssertionError("a client");
		}

		@Override
		public X509Certificate[] getAcceptedIssuers() {
			return new X509Certificate[0];
		}
	}

	private static String agreed(TestGatehouse gatehouse, String version, String... protocols) throws IOException {
		try (SSLSocket socket = Tls.trustingAll().only(version).connect(gatehouse.port("https"), "localhost", protocols)) {
			return socket.getSession().getProtocol() + " " + socket.getApplicationProtocol();
		}
	}
}
