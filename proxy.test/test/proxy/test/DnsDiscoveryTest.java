package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import proxy.fixtures.Answer;
import proxy.fixtures.Await;
import proxy.fixtures.Client;
import proxy.fixtures.Load;
import proxy.fixtures.NameServer;
import proxy.fixtures.Origin;
import proxy.fixtures.Pingoo;
import proxy.fixtures.Ports;
import proxy.fixtures.Request;
import proxy.fixtures.Response;
import proxy.fixtures.TestGatehouse;

/** Upstreams follow their names in DNS while requests are served. */
class DnsDiscoveryTest {

	private static final String YAML = """
			listeners:
			  http: {address: "http://127.0.0.1:<http>"}
			  https: {address: "https://127.0.0.1:<https>"}
			services:
			  by-service:
			    route: http_request.path == "/srv"
			    http_proxy: ["http://_http._tcp.tracker.test"]
			  late:
			    route: http_request.path == "/late"
			    http_proxy: ["http://late.test:<origin>"]
			  tracker:
			    http_proxy: ["http://tracker.test:<origin>"]
			service_discovery:
			  dns:
			    servers: ["<dns>"]
			    min_ttl_ms: 200
			    max_ttl_ms: 60000
			    negative_ttl_ms: 500
			    timeout_ms: 500
			""";

	private final int port = Ports.free();
	private final NameServer names = new NameServer();
	private Origin one;
	private Origin two;
	private TestGatehouse gatehouse;
	private Load load;

	@BeforeEach
	void start() {
		one = Origin.plain("127.0.0.1", port, Answer.text("one"));
		two = Origin.plain("127.0.0.2", port, Answer.text("two"));
		names.addresses("tracker.test", 0, "127.0.0.1");
		names.addresses("one.test", 0, "127.0.0.1").addresses("two.test", 0, "127.0.0.2");
		names.services("_http._tcp.tracker.test", 0, "1 1 " + port + " one.test");
		gatehouse = TestGatehouse.configured(YAML).with("origin", port).with("dns", names.address()).start();
		load = new Load(Duration.ofMillis(5), 20);
	}

	@AfterEach
	void stop() {
		load.close();
		gatehouse.close();
		names.close();
		one.close();
		two.close();
	}

	private AtomicReference<String> load(String path) {
		AtomicReference<String> last = new AtomicReference<>("");
		for (Protocol protocol : Protocol.values()) {
			load.users(2, protocol.name(), protocol.connector(gatehouse), Request.get(path), response -> {
				last.set(response.text());
				return response.status() == 200;
			});
		}
		load.awaitAnswered(50);
		return last;
	}

	private Response get(String path) throws IOException {
		try (Client client = Protocol.HTTP_1.connect(gatehouse)) {
			return client.send(Request.get(path));
		}
	}

	@Test
	@Pingoo("dns.change")
	void aChangedRecordMovesTrafficWithoutALostRequest() {
		AtomicReference<String> last = load("/");
		for (int i = 0; i < 3; i++) {
			names.addresses("tracker.test", 0, "127.0.0.2");
			Await.until("the other answers", () -> last.get().equals("two"));
			load.awaitAnswered(50);
			names.addresses("tracker.test", 0, "127.0.0.1", "127.0.0.2");
			Await.until("both answer", () -> last.get().equals("one"));
			names.addresses("tracker.test", 0, "127.0.0.1");
			load.awaitAnswered(50);
		}
		load.endWithoutLoss();
	}

	@Test
	@Pingoo("dns.failure")
	void whatWasFoundLastStandsWhileNobodyAnswers() {
		load("/");
		names.failing(2);
		gatehouse.log().await("upstream name tracker.test does not resolve; the addresses found last stay in use", "SERVFAIL");
		load.awaitAnswered(100);
		names.failing(0).silent(true);
		int asked = names.asked().size();
		Await.until("it is asked again and again", () -> names.asked().size() > asked + 20);
		load.awaitAnswered(100);
		names.silent(false);
		gatehouse.log().await("upstream name tracker.test resolves now");
		load.endWithoutLoss();
	}

	@Test
	@Pingoo("dns.negative")
	void aNameThatAppearsIsUsed() throws Exception {
		Response absent = get("/late");
		assertEquals(503, absent.status());
		gatehouse.log().await("upstream name late.test does not resolve; its service answers 503 until it does", "no such name");
		names.addresses("late.test", 600, "127.0.0.2");
		Await.until("it is used", () -> get("/late").status() == 200);
		assertEquals("two", get("/late").text());
	}

	@Test
	void aNameThatIsGoneForGoodIsOutOfUse() throws Exception {
		names.addresses("late.test", 0, "127.0.0.2");
		Await.until("it is used", () -> get("/late").status() == 200);
		names.remove("late.test");
		Await.until("it is out of use", () -> get("/late").status() == 503);
		gatehouse.log().await("upstream name late.test does not exist any more");
	}

	@Test
	void servicesAreFoundWithTheirPorts() {
		AtomicReference<String> last = load("/srv");
		assertEquals("one", last.get());
		names.services("_http._tcp.tracker.test", 0, "5 0 " + port + " two.test", "1 0 " + port + " nobody.test");
		Await.until("the other answers", () -> last.get().equals("two"));
		load.endWithoutLoss();
	}

	/** With a TTL of a minute, this is because connecting fails. */
	@Test
	@Pingoo("dns.ttl")
	void anAddressThatRefusesConnectionsIsLookedUpAgainBeforeItsTime() throws Exception {
		names.addresses("late.test", 600, "127.0.0.2");
		Await.until("it is used", () -> get("/late").status() == 200);
		two.close();
		names.addresses("late.test", 600, "127.0.0.1");
		Await.until("the new address is used", () -> get("/late").status() == 200);
		assertEquals("one", get("/late").text());
	}

	@Test
	void neitherARestartNorNewSettingsLoseARequest() {
		AtomicReference<String> last = load("/");
		for (int i = 0; i < 2; i++) {
			gatehouse.console().bundle("proxy.discovery.dns", "stop");
			Await.until("it has stopped", () -> gatehouse.console().state("proxy.discovery.dns").equals("Resolved"));
			load.awaitAnswered(50);
			gatehouse.console().bundle("proxy.discovery.dns", "start");
			Await.until("it has started", () -> gatehouse.console().state("proxy.discovery.dns").equals("Active"));
			load.awaitAnswered(50);
		}
		try (NameServer others = new NameServer()) {
			others.addresses("tracker.test", 600, "127.0.0.2");
			gatehouse.configure(YAML.replace("<dns>", others.address()));
			Await.until("the other server is believed at once", () -> last.get().equals("two"));
			gatehouse.configure(YAML.replace("<dns>", "dns.example"));
			gatehouse.log().await("service_discovery.dns.servers", "'dns.example' is not an IP address");
			load.awaitAnswered(50);
			load.endWithoutLoss();
		}
		assertTrue(names.asked().contains("tracker.test A"));
	}
}
