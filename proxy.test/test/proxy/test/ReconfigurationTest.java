package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import proxy.api.tls.TlsIdentity;
import proxy.fixtures.Answer;
import proxy.fixtures.Await;
import proxy.fixtures.Client;
import proxy.fixtures.Fields;
import proxy.fixtures.Http1Client;
import proxy.fixtures.Load;
import proxy.fixtures.Origin;
import proxy.fixtures.Ports;
import proxy.fixtures.Request;
import proxy.fixtures.Response;
import proxy.fixtures.TestCa;
import proxy.fixtures.TestGatehouse;
import proxy.fixtures.Tls;

/** While requests are served, everything may change, and nobody notices but those whom a change is for. */
class ReconfigurationTest {

	private static final String YAML = """
			listeners:
			  http: {address: "http://127.0.0.1:<http>"}
			  https: {address: "https://127.0.0.1:<https>"}
			services:
			  unrelated:
			    route: http_request.path == "/unrelated"
			    http_proxy: ["<two>"]
			  moving:
			    route: http_request.path == "/moving"
			    http_proxy: ["<one>"]
			  steady:
			    http_proxy: ["<one>"]
			""";
	private static final Request STEADY = Request.get("/steady");
	private static final Predicate<Response> FROM_ONE = response -> response.status() == 200 && response.text().equals("one");
	private static final Predicate<Response> FROM_EITHER =
			response -> response.status() == 200 && (response.text().equals("one") || response.text().equals("two"));

	private static Origin one;
	private static Origin two;
	private static TestGatehouse gatehouse;

	private Load load;

	@BeforeAll
	static void start() {
		one = Origin.plain(Answer.text("one"));
		two = Origin.plain(Answer.text("two"));
		gatehouse = TestGatehouse.configured(YAML).with("one", one.url()).with("two", two.url()).start();
	}

	@AfterAll
	static void stop() {
		gatehouse.close();
		one.close();
		two.close();
	}

	@BeforeEach
	void loaded() {
		load = new Load(Duration.ofMillis(5), 20);
		for (Protocol protocol : Protocol.values()) {
			load.users(2, protocol.name(), protocol.connector(gatehouse), STEADY, FROM_ONE);
		}
		load.awaitAnswered(100);
	}

	@AfterEach
	void unloaded() {
		load.close();
	}

	@Test
	void fiveHundredChangesOfAnUnrelatedServiceLoseNoRequest() throws IOException {
		for (int i = 1; i <= 500; i++) {
			console("proxy.service.http_proxy~unrelated", Map.of("route", "http_request.path == \"/unrelated/" + i + "\""));
		}
		awaitAnswer("/unrelated/500", "two");
		load.awaitAnswered(50).endWithoutLoss();
	}

	@Test
	void aHundredMovesOfTheServiceUnderLoadLoseNoRequest() throws IOException {
		for (Protocol protocol : Protocol.values()) {
			load.users(1, "moving " + protocol, protocol.connector(gatehouse), Request.get("/moving"), FROM_EITHER);
		}
		for (int i = 1; i <= 100; i++) {
			boolean there = i % 2 == 0;
			console("proxy.service.http_proxy~moving", Map.of("upstreams", there ? one.url() : two.url()));
			awaitAnswer("/moving", there ? "one" : "two");
		}
		load.awaitAnswered(50).endWithoutLoss();
	}

	@Test
	void changesOfTheFileLoseNoRequest() throws IOException {
		for (int i = 1; i <= 10; i++) {
			gatehouse.configure(YAML.replace("/unrelated\"", "/file/" + i + "\"") + """
					rules:
					  nobody:
					    expression: http_request.path == "/blocked/%d"
					    actions: [{action: block}]
					""".formatted(i));
			awaitAnswer("/file/" + i, "two");
			awaitStatus("/blocked/" + i, 403);
		}
		gatehouse.configure(YAML);
		awaitAnswer("/unrelated", "two");
		load.awaitAnswered(50).endWithoutLoss();
	}

	@Test
	void twentyCertificatesAreReplacedWithoutLosingAConnection() throws IOException {
		TestCa ca = new TestCa();
		Tls trusting = Tls.trusting(ca.root());
		int https = gatehouse.port("https");
		load.users(1, "verifying", () -> Http1Client.tls(https, Tls.trustingAll(), "www.example.com"), STEADY, FROM_ONE);
		try (Http1Client old = Http1Client.tls(https, Tls.trustingAll(), "www.example.com")) {
			for (int i = 0; i < 20; i++) {
				TlsIdentity next = ca.issue("www.example.com");
				TestCa.write(gatehouse.tls(), "www.example.com", next);
				BigInteger serial = next.leaf().getSerialNumber();
				Await.until("certificate " + serial, () ->
						Tls.trustingAll().certificate(https, "www.example.com").getSerialNumber().equals(serial));
				assertEquals(serial, trusting.certificate(https, "www.example.com").getSerialNumber());
				assertEquals("one", old.send(STEADY).text());
			}
		}
		load.awaitAnswered(50).endWithoutLoss();
	}

	@Test
	void aListenerComesAndGoesWithoutDisturbingTheOthers() throws IOException {
		String more = YAML.replace("services:\n  unrelated", "  extra: {address: \"http://127.0.0.1:<extra>\"}\nservices:\n  unrelated");
		for (int i = 0; i < 3; i++) {
			gatehouse.configure(more);
			Await.until("the extra listener", () -> answer(gatehouse.port("extra"), "/steady").status() == 200);
			gatehouse.configure(YAML);
			Await.until("no extra listener", () -> !Ports.isOpen(gatehouse.port("extra")));
		}
		load.awaitAnswered(50).endWithoutLoss();
	}

	private static void console(String pid, Map<String, String> changes) {
		var response = gatehouse.console().configure(pid, changes);
		assertEquals(302, response.statusCode(), response::body);
	}

	private static void awaitAnswer(String target, String content) throws IOException {
		Await.until(target + " answers " + content, () -> answer(gatehouse.port("http"), target).text().equals(content));
	}

	private static void awaitStatus(String target, int status) throws IOException {
		Await.until(target + " answers " + status, () -> answer(gatehouse.port("http"), target).status() == status);
	}

	private static Response answer(int port, String target) {
		try (Client client = Http1Client.plain(port)) {
			return client.send(Request.get(target));
		} catch (IOException refused) {
			return new Response(0, Fields.NONE, new byte[0], Fields.NONE, List.of(), false);
		}
	}
}
