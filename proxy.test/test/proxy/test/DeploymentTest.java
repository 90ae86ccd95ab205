package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import proxy.fixtures.Answer;
import proxy.fixtures.Await;
import proxy.fixtures.Http1Client;
import proxy.fixtures.Origin;
import proxy.fixtures.OriginConnection;
import proxy.fixtures.Pebble;
import proxy.fixtures.Ports;
import proxy.fixtures.ReceivedRequest;
import proxy.fixtures.Request;
import proxy.fixtures.Response;
import proxy.fixtures.TestGatehouse;
import proxy.fixtures.Tls;
import proxy.fixtures.WebSocketClient;

/**
 * Deployments of a BitTorrent tracker that were made for Pingoo, with other addresses and another authority, and not a
 * setting more.
 */
class DeploymentTest {

	private static final String HEALTH = "{\"status\":\"Ok\"}";

	@Test
	void aPingooFileGetsACertificateAndServesTheTrackersApi() throws Exception {
		TestGatehouse.Setup setup = TestGatehouse.configured("""
				listeners:
				  https:
				    address: https://0.0.0.0:<https>

				tls:
				  acme:
				    domains: ["api.torrust-tracker.com"]
				    directory_url: <directory>
				    ca_file: <ca>

				services:
				  tracker-api:
				    http_proxy: ["<tracker>"]
				""").file("pingoo.yml");
		int https = Ports.free();
		try (Pebble pebble = new Pebble(https, Ports.free()).start(); Origin tracker = Origin.plain(DeploymentTest::api)) {
			setup.with("https", https)
					.with("directory", pebble.directory())
					.with("ca", pebble.caFile())
					.with("tracker", tracker.url());
			X509Certificate first;
			try (TestGatehouse gatehouse = setup.start()) {
				Tls tls = Tls.trusting(pebble.root());
				awaitVerified(gatehouse, tls, "api.torrust-tracker.com");
				assertEquals(HEALTH, get(gatehouse, tls, "api.torrust-tracker.com", "/api/health_check").text());
				Response unauthorized = get(gatehouse, tls, "api.torrust-tracker.com", "/api/v1/stats");
				assertEquals(500, unauthorized.status());
				assertEquals("Unhandled rejection: Err { reason: \"unauthorized\" }", unauthorized.text());
				try (SSLSocket socket = tls.connect(https, "api.torrust-tracker.com")) {
					assertEquals("TLSv1.3", socket.getSession().getProtocol());
					first = (X509Certificate) socket.getSession().getPeerCertificates()[0];
				}
				assertEquals("EC", first.getPublicKey().getAlgorithm());
				gatehouse.log().await("configuration successfully loaded", "pingoo.yml");
				gatehouse.log().await("Starting listener https on https://0.0.0.0:" + https);
				gatehouse.log().await("tls: ACME TLS certificate successfully saved", "api.torrust-tracker.com");
				assertFiles(gatehouse.tls(), "acme.json", "default.key", "default.pem", "api.torrust-tracker.com.key",
						"api.torrust-tracker.com.pem");
				assertFalse(gatehouse.log().any("PRIVATE KEY"), "a key in the log");
				gatehouse.kill();
				pebble.stop();

				// the authority is down, and everything is on disk
				try (TestGatehouse again = setup.folder(gatehouse.data().getParent()).start()) {
					assertEquals(HEALTH, get(again, tls, "api.torrust-tracker.com", "/api/health_check").text());
					assertEquals(first, tls.certificate(https, "api.torrust-tracker.com"));
				}
			}
		}
	}

	@Test
	void aPingooFileWithFourHostsGetsFourCertificates() throws Exception {
		List<String> hosts =
				List.of("api.torrust-demo.com", "http1.torrust-demo.com", "health.torrust-demo.com", "grafana.torrust-demo.com");
		TestGatehouse.Setup setup = TestGatehouse.configured("""
				listeners:
				  http:  { address: http://0.0.0.0:<http> }
				  https: { address: https://0.0.0.0:<https> }
				services:
				  api:
				    route: http_request.host == "api.torrust-demo.com"
				    http_proxy: ["<api>"]
				  tracker:
				    route: http_request.host == "http1.torrust-demo.com"
				    http_proxy: ["<tracker>"]
				  health:
				    route: http_request.host == "health.torrust-demo.com"
				    http_proxy: ["<health>"]
				  grafana:
				    route: http_request.host == "grafana.torrust-demo.com"
				    http_proxy: ["<grafana>"]
				tls:
				  acme:
				    domains: [api.torrust-demo.com, http1.torrust-demo.com, health.torrust-demo.com, grafana.torrust-demo.com]
				    directory_url: <directory>
				    ca_file: <ca>
				""").file("pingoo.yml");
		int https = Ports.free();
		int http = Ports.free();
		try (Pebble pebble = new Pebble(https, http).refusingNonces(15).start();
				Origin api = Origin.plain(DeploymentTest::api);
				Origin tracker = Origin.plain(Answer.text("tracker"));
				Origin health = Origin.plain(Answer.text("health"));
				Origin grafana = Origin.plain(Answer.webSocketEcho())) {
			setup.with("https", https)
					.with("http", http)
					.with("directory", pebble.directory())
					.with("ca", pebble.caFile())
					.with("api", api.url())
					.with("tracker", tracker.url())
					.with("health", health.url())
					.with("grafana", grafana.url());
			try (TestGatehouse gatehouse = setup.start()) {
				Tls tls = Tls.trusting(pebble.root());
				for (String host : hosts) {
					awaitVerified(gatehouse, tls, host);
				}
				assertEquals(HEALTH, get(gatehouse, tls, hosts.get(0), "/api/health_check").text());
				assertEquals("tracker", get(gatehouse, tls, hosts.get(1), "/announce").text());
				assertEquals("health", get(gatehouse, tls, hosts.get(2), "/").text());
				try (WebSocketClient socket = WebSocketClient.open(
						Http1Client.tls(https, tls, hosts.get(3)), request("/api/live/ws", hosts.get(3)))) {
					socket.send("live");
					assertEquals("live", socket.receive().text());
				}
				try (Http1Client plain = Http1Client.plain(http)) {
					assertEquals("tracker", plain.send(request("/announce", hosts.get(1) + ":" + http)).text());
					assertEquals(404, plain.send(request("/", "somebody.else")).status());
				}
				X509Certificate one = tls.certificate(https, hosts.get(0));
				assertNotEquals(one.getSerialNumber(), tls.certificate(https, hosts.get(1)).getSerialNumber());
			}
		}
	}

	private static void api(ReceivedRequest request, OriginConnection connection) throws IOException {
		Answer answer = request.target().equals("/api/health_check")
				? Answer.raw("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 15\r\n\r\n" + HEALTH)
				: Answer.raw("HTTP/1.1 500 Internal Server Error\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: 51\r\n\r\n"
						+ "Unhandled rejection: Err { reason: \"unauthorized\" }");
		answer.to(request, connection);
	}

	private static void awaitVerified(TestGatehouse gatehouse, Tls tls, String host) {
		Await.until("a certificate for " + host + "", () -> {
			try (SSLSocket socket = tls.connect(gatehouse.port("https"), host)) {
				return true;
			} catch (IOException notYet) {
				return false;
			}
		});
	}

	private static Response get(TestGatehouse gatehouse, Tls tls, String host, String target) throws IOException {
		try (Http1Client client = Http1Client.tls(gatehouse.port("https"), tls, host)) {
			return client.send(request(target, host));
		}
	}

	/** As a program sends it that says its name; a Pingoo file serves no others. */
	private static Request request(String target, String host) {
		return Request.get(target).to(host).with("User-Agent", "qBittorrent/5.0");
	}

	private static void assertFiles(Path folder, String... names) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			List<Path> found = files.toList();
			assertTrue(found.stream().map(file -> file.getFileName().toString()).collect(Collectors.toSet()).containsAll(Set.of(names)),
					found::toString);
			for (Path file : found) {
				if (Files.isRegularFile(file)) {
					assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)), file::toString);
				}
			}
		}
	}
}
