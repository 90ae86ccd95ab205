package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proxy.api.tls.TlsIdentity;
import proxy.fixtures.Answer;
import proxy.fixtures.Await;
import proxy.fixtures.Client;
import proxy.fixtures.Http1Client;
import proxy.fixtures.Load;
import proxy.fixtures.Origin;
import proxy.fixtures.Pingoo;
import proxy.fixtures.Ports;
import proxy.fixtures.Request;
import proxy.fixtures.TestCa;
import proxy.fixtures.TestGatehouse;
import proxy.fixtures.Tls;

/** What is wrong is named, with its place and the reason; what worked goes on working. */
class BadInputTest {

	private static final String YAML = """
			listeners:
			  http: {address: "http://127.0.0.1:<http>"}
			  https: {address: "https://127.0.0.1:<https>"}
			services:
			  app:
			    http_proxy: ["<origin>"]
			""";

	private static Origin origin;
	private static TestGatehouse gatehouse;

	private Load load;

	/** A configuration file that must be refused, and what must be said of it. */
	record Broken(String yaml, String place, String reason) {

		@Override
		public String toString() {
			return place + " " + reason;
		}
	}

	static List<Broken> broken() {
		return List.of(
				new Broken("", ":1:1", "the file is empty"),
				new Broken("hello\n", ":1:1", "expected a mapping"),
				new Broken("\u0001" + YAML, ":1:1", "not allowed in YAML"),
				new Broken(YAML + "rules: {x: [\n", ":8:1", "not YAML"),
				new Broken(YAML.replace("  app", "\tapp"), ":5:1", "a tab is not allowed here"),
				new Broken(YAML + "  app:\n    http_proxy: []\n", ":7:3 services.app", "duplicate key"),
				new Broken(YAML.replace("listeners:", "listener:"), ":1:1 listener", "did you mean 'listeners'"),
				new Broken(YAML.replace("services:", "service:"), "service", "did you mean 'services'"),
				new Broken(YAML.replace("{address: \"http:", "{adress: \"http:"), ":2:10 listeners.http.adress", "did you mean 'address'"),
				new Broken(YAML.replace("http://127.0.0.1:<http>", "ftp://127.0.0.1:21"), ":2:19 listeners.http.address", "'ftp'"),
				new Broken(YAML.replace(":<http>", ":80888"), ":2:19 listeners.http.address", "'80888'"),
				new Broken(YAML.replace(":<https>", ":<http>"), ":3:20 listeners.https.address", "is taken by listener 'http'"),
				new Broken(YAML.replace("<http>\"}", "<http>\", services: [ap]}"), "listeners.http.services[0]", "did you mean 'app'"),
				new Broken(YAML.replace("\"<origin>\"", "\"127.0.0.1 3000\""), ":6:18 services.app.http_proxy[0]", "is not a URL"),
				new Broken(YAML.replace("http_proxy", "htpp_proxy"), "services.app", "did you mean 'http_proxy'"),
				new Broken(YAML + "    static: {root: /srv}\n", ":5:3 services.app", "exactly one kind"),
				new Broken(YAML + "  web: {static: {}}\n", ":7:17 services.web.static.root", "missing"),
				new Broken(YAML + "    route: http_request.hots == \"x\"\n", ":7:25 services.app.route", "did you mean 'host'"),
				new Broken(YAML + "    route: http_request.host ==\n", "services.app.route", "expected a value"),
				new Broken(YAML + "    route: http_request.host\n", "services.app.route", ""),
				new Broken(
						YAML.replace("[\"<origin>\"]", "{upstreams: [\"<origin>\"], connect_timeout_ms: soon}"),
						"services.app.http_proxy.connect_timeout_ms",
						"found 'soon'"),
				new Broken(
						YAML.replace("[\"<origin>\"]", "{upstreams: [\"<origin>\"], connect_timeout_ms: 0}"),
						"services.app.http_proxy.connect_timeout_ms",
						"must be 1 or more, found 0"),
				new Broken(
						YAML + "  db: {tcp_proxy: {upstreams: [\"tcp://127.0.0.1:1\"], connect_attempts: 0}}\n",
						"services.db.tcp_proxy.connect_attempts",
						"must be 1 or more, found 0"),
				new Broken(
						YAML.replace("<http>\"}", "<http>\", https_redirect_port: 65536}"),
						"listeners.http.https_redirect_port",
						"must be from 1 to 65535, found 65536"),
				new Broken(
						YAML + "service_discovery: {dns: {timeout_ms: 99}}\n",
						":7:39 service_discovery.dns.timeout_ms",
						"must be 100 or more, found 99"),
				new Broken(
						YAML + "tls: {acme: {domains: [example.com], renew_before_days: -1}}\n",
						":7:57 tls.acme.renew_before_days",
						"must be 0 or more, found -1"),
				new Broken(YAML + "rules:\n  r: {expression: 'lists[\"x\"', actions: []}\n", "rules.r.expression", ""),
				new Broken(YAML + "rules: {r: {actions: [{action: blok}]}}\n", ":7:32 rules.r.actions[0]", "did you mean 'block'"),
				new Broken(YAML + "tls: {acme: {domains: [\"*.example.com\"]}}\n", "tls.acme.domains[0]", "wildcard"),
				new Broken(YAML + "tls: {acme: {domain: [example.com]}}\n", "tls.acme.domain", "did you mean 'domains'"));
	}

	@BeforeAll
	static void start() {
		origin = Origin.plain(Answer.text("one"));
		gatehouse = TestGatehouse.configured(YAML).with("origin", origin.url()).start();
	}

	@AfterAll
	static void stop() {
		gatehouse.close();
		origin.close();
	}

	@BeforeEach
	void loaded() {
		load = new Load(Duration.ofMillis(10), 40);
		for (Protocol protocol : Protocol.values()) {
			load.users(1, protocol.name(), protocol.connector(gatehouse), Request.get("/"), response ->
					response.status() == 200 && response.text().equals("one"));
		}
		load.awaitAnswered(20);
	}

	@AfterEach
	void nothingWasDisturbed() {
		load.awaitAnswered(20).endWithoutLoss();
		gatehouse.configure(YAML);
	}

	@ParameterizedTest
	@MethodSource
	@Pingoo("config.static-root")
	void broken(Broken file) {
		gatehouse.configure(file.yaml());
		gatehouse.log().await("gatehouse.yml" + (file.place().startsWith(":") ? file.place() : ""), file.place(), file.reason());
	}

	@Test
	void aFileThatIsMendedIsInForce() throws IOException {
		gatehouse.configure(YAML.replace("http_proxy", "http_prxy"));
		gatehouse.log().await("did you mean 'http_proxy'", "http_prxy");
		gatehouse.configure(YAML.replace("  app:", "  mended: {route: http_request.path == \"/mended\", http_proxy: []}\n  app:"));
		Await.until("the mended file is in force", () -> status("/mended") == 503);
	}

	@Test
	void aFileThatIsGoneIsToldAndTakenAgainWhenItIsBack() throws IOException {
		Path file = gatehouse.folder().resolve("gatehouse.yml");
		Path elsewhere = Files.move(file, gatehouse.folder().resolve("elsewhere.yml"));
		gatehouse.log().await("no configuration file; looked for " + file, "what is in force stays");
		Files.move(elsewhere, file);
		gatehouse.log().await("reloaded in ", "nothing to change");
	}

	@Test
	void anUnknownBalancerIsToldAndRequestsAreAnswered() {
		gatehouse.configure(YAML.replace("[\"<origin>\"]", "{upstreams: [\"<origin>\"], balancer: round_robin}"));
		gatehouse.log().await("services.app.http_proxy.balancer", "no installed bundle provides the balancer 'round_robin', only random");
	}

	@Test
	void aTakenPortIsToldAndTakenLater() throws IOException {
		String more = YAML.replace("services:", "  late: {address: \"http://127.0.0.1:<late>\"}\nservices:");
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			String port = String.valueOf(taken.getLocalPort());
			gatehouse.configure(more.replace("<late>", port));
			gatehouse.log().await("listeners.late.address", port);
			assertEquals(200, status("/"));
			taken.close();
			Await.until("the listener is there", () -> Ports.isOpen(Integer.parseInt(port)));
			try (Http1Client client = Http1Client.plain(Integer.parseInt(port))) {
				assertEquals("one", client.send(Request.get("/")).text());
			}
		}
	}

	@Test
	void anUnreadableKeyIsToldAndTheOtherCertificatesAreServed() throws IOException {
		TestCa ca = new TestCa();
		TestCa.write(gatehouse.tls(), "good.example.com", ca.issue("good.example.com"));
		TlsIdentity bad = ca.issue("bad.example.com");
		TestCa.write(gatehouse.tls(), "bad.example.com", bad);
		Files.writeString(gatehouse.tls().resolve("bad.example.com.key"), "-----BEGIN PRIVATE KEY-----\nU0VDUkVU\n-----END PRIVATE KEY-----\n");
		TestCa.write(gatehouse.tls(), "mixed.example.com", ca.issue("mixed.example.com"));
		Files.writeString(gatehouse.tls().resolve("mixed.example.com.key"), TestCa.pem(bad));
		gatehouse.log().await("bad.example.com");
		gatehouse.log().await("mixed.example.com");
		Await.until("the good certificate is served", () -> {
			String names = String.valueOf(Tls.trustingAll()
					.certificate(gatehouse.port("https"), "good.example.com")
					.getSubjectAlternativeNames());
			return names.contains("good.example.com");
		});
		assertEquals(List.of(), gatehouse.log().with("U0VDUkVU"));
	}

	@Test
	void aCertificateAuthorityThatFailsIsToldAndNothingElseHappens() throws IOException {
		TestCa ca = new TestCa();
		Files.writeString(gatehouse.data().resolve("ca.pem"), TestCa.pem(List.of(ca.root())));
		try (Origin authority = Origin.tls(
				ca.issue("127.0.0.1"),
				Answer.raw("HTTP/1.1 500 Internal Server Error\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n\r\nbroken"))) {
			gatehouse.configure(YAML + "tls: {acme: {domains: [issued.example.com], directory_url: \"%s/dir\", ca_file: %s}}\n"
					.formatted(authority.url(), gatehouse.data().resolve("ca.pem")));
			Await.until("the authority has been asked", () -> authority.served() > 0);
			gatehouse.log().await("issued.example.com", "500");
			assertEquals(200, status("/"));
		}
	}

	@Test
	void anUnknownHostNameIsToldAndTheOthersAreServed() throws IOException {
		gatehouse.configure(YAML.replace(
				"  app:", "  lost: {route: http_request.path == \"/lost\", http_proxy: [\"http://no-such-host.invalid:1\"]}\n  app:"));
		Await.until("the service is in force", () -> status("/lost") >= 502);
		gatehouse.log().await("no-such-host.invalid");
	}

	@Test
	void aFileThatIsBrokenAtTheStartIsToldAndServedWhenItIsMended() {
		try (TestGatehouse late = TestGatehouse.configured(YAML.replace("http_proxy", "http_prxy")).with("origin", origin.url()).launch()) {
			late.log().await("http_prxy", "did you mean 'http_proxy'");
			late.configure(YAML);
			Await.until("the mended file is in force", () -> Ports.isOpen(late.port("http")) && statusOf(late) == 200);
			assertTrue(late.isAlive());
		}
	}

	private static int statusOf(TestGatehouse late) throws IOException {
		try (Http1Client client = Http1Client.plain(late.port("http"))) {
			return client.send(Request.get("/")).status();
		}
	}

	private static int status(String target) throws IOException {
		try (Client client = Protocol.HTTP_1.connect(gatehouse)) {
			return client.send(Request.get(target)).status();
		}
	}
}
