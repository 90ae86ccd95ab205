package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import proxy.fixtures.Answer;
import proxy.fixtures.Await;
import proxy.fixtures.Client;
import proxy.fixtures.Http1Client;
import proxy.fixtures.Json;
import proxy.fixtures.Origin;
import proxy.fixtures.Request;
import proxy.fixtures.TestGatehouse;

/** The gateway exercises itself before it listens, and nobody sees anything of it. */
class WarmUpTest {

	private static final String YAML = """
			listeners:
			  http: {address: "http://127.0.0.1:<http>"}
			  https: {address: "https://127.0.0.1:<https>"}
			services:
			  origin: {http_proxy: ["<origin>"]}
			rules:
			  everything: {expression: 'http_request.method == "GET"', actions: [block], log_only: true}
			access_log: {path: access.log}
			warmup: {limit_ms: <limit>}
			""";

	private Origin origin;

	@BeforeEach
	void start() {
		origin = Origin.plain(Answer.text("served"));
	}

	@AfterEach
	void stop() {
		origin.close();
	}

	private TestGatehouse.Setup gatehouse(int limit) {
		return TestGatehouse.configured(YAML).with("origin", origin.url()).with("limit", limit);
	}

	@Test
	void listenersOpenAfterItAndNobodySeesAnythingOfIt() throws IOException {
		try (TestGatehouse gatehouse = gatehouse(500).start()) {
			Instant began = time(gatehouse.log().await("\"warming up\""));
			Instant listening = time(gatehouse.log().await("Starting listener"));
			assertTrue(Duration.between(began, listening).toMillis() >= 490, () -> gatehouse.log().toString());
			gatehouse.log().await("\"warmed up\"");
			assertEquals(0, origin.served());

			for (Protocol protocol : Protocol.values()) {
				try (Client client = protocol.connect(gatehouse)) {
					assertEquals("served", client.send(Request.get("/seen")).text());
				}
			}
			assertEquals(Protocol.values().length, origin.served());
			Path accessLog = gatehouse.data().resolve("access.log");
			Await.until("the access log has the clients' requests", () ->
					Files.readAllLines(accessLog).size() >= Protocol.values().length);
			assertEquals(Protocol.values().length, Files.readAllLines(accessLog).size());
			assertEquals(Protocol.values().length, gatehouse.log().with("rule would apply").size());
			assertFalse(gatehouse.log().any("request failed"));
			assertFalse(gatehouse.log().any("ended early"));
			assertFalse(gatehouse.log().any("routing table", "rehearsal"));
		}
	}

	@Test
	void aChangeOfTheCoreDoesNotRepeatIt() throws IOException {
		try (TestGatehouse gatehouse = gatehouse(100).start()) {
			int listeners = gatehouse.log().with("Starting listener").size();
			gatehouse.configure(YAML + "core: {threads: 1}\n");
			Await.until("listeners have been opened again", () ->
					gatehouse.log().with("Starting listener").size() == 2 * listeners);
			assertEquals(1, gatehouse.log().with("\"warming up\"").size());
		}
	}

	@Test
	void thereIsNoneByDefault() {
		try (TestGatehouse gatehouse = gatehouse(0).start()) {
			assertFalse(gatehouse.log().any("warming up"));
		}
	}

	@Test
	void withoutABundleToRehearseWithTheGatewayServesAtOnce() throws IOException {
		TestGatehouse.Setup setup = TestGatehouse.configured("""
				listeners:
				  http: {address: "http://127.0.0.1:<http>"}
				services:
				  page: {welcome: {}}
				warmup: {limit_ms: 30000}
				""");
		leaveOut("proxy.upstream.http", setup.folder().resolve("home/bundle"));
		try (TestGatehouse gatehouse = setup.start();
				Client client = Http1Client.plain(gatehouse.port("http"))) {
			assertEquals(200, client.send(Request.get("/")).status());
			assertFalse(gatehouse.log().any("warming up"));
		}
	}

	/** Puts a bundle with nothing in it where the product's would lie. */
	private static void leaveOut(String bundle, Path bundles) throws IOException {
		Files.createDirectories(bundles);
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
		manifest.getMainAttributes().putValue("Bundle-SymbolicName", "nothing");
		Path product = TestGatehouse.script().getParent().resolveSibling("bundle");
		try (Stream<Path> files = Files.list(product)) {
			Path name = files.map(Path::getFileName).filter(file -> file.toString().startsWith(bundle)).findFirst().orElseThrow();
			new JarOutputStream(Files.newOutputStream(bundles.resolve(name)), manifest).close();
		}
	}

	private static Instant time(String line) {
		return Instant.parse((String) Json.object(line).get("timestamp"));
	}
}
