package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import proxy.fixtures.Answer;
import proxy.fixtures.Await;
import proxy.fixtures.Origin;
import proxy.fixtures.Pingoo;
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

	private static String agreed(TestGatehouse gatehouse, String version, String... protocols) throws IOException {
		try (SSLSocket socket = Tls.trustingAll().only(version).connect(gatehouse.port("https"), "localhost", protocols)) {
			return socket.getSession().getProtocol() + " " + socket.getApplicationProtocol();
		}
	}
}
