package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import proxy.fixtures.Answer;
import proxy.fixtures.Await;
import proxy.fixtures.Client;
import proxy.fixtures.Http1Client;
import proxy.fixtures.Origin;
import proxy.fixtures.Pingoo;
import proxy.fixtures.Request;
import proxy.fixtures.Response;
import proxy.fixtures.TestGatehouse;

/** The web console, as a program or another web site would use it. */
class ConsoleTest {

	private static final String PID = "proxy.service.http_proxy~app";
	private static final String YAML = """
			listeners:
			  http: {address: "http://127.0.0.1:<http>"}
			services:
			  app:
			    http_proxy: ["<one>"]
			""";
	private static final String SETTINGS = "/system/console/configMgr/" + PID;

	private static Origin one;
	private static Origin two;
	private static TestGatehouse gatehouse;

	@BeforeAll
	static void start() {
		one = Origin.plain(Answer.text("one"));
		two = Origin.plain(Answer.text("two"));
		gatehouse = TestGatehouse.configured(YAML).with("one", one.url()).start();
	}

	@AfterAll
	static void stop() {
		gatehouse.close();
		one.close();
		two.close();
	}

	@Test
	void asksWhoIsThere() throws IOException {
		for (String credentials : List.of("", "YWRtaW46YWRtaW4=", "YWRtaW46", "Og==", "not base64")) { // admin:admin, admin:, :
			Request request = Request.get("/system/console/bundles").to("127.0.0.1:" + gatehouse.console().port());
			Response response = raw(credentials.isEmpty() ? request : request.with("Authorization", "Basic " + credentials));
			assertEquals(401, response.status(), credentials);
		}
	}

	@Test
	void refusesWhatAnotherSiteHasABrowserSend() throws IOException {
		String authority = "127.0.0.1:" + gatehouse.console().port();
		Request change = Request.of("POST", SETTINGS)
				.with("Authorization", gatehouse.console().authorization())
				.with("Content-Type", "application/x-www-form-urlencoded")
				.content("apply=true&action=ajaxConfigManager&propertylist=route&route=false".getBytes());
		assertEquals(403, raw(change.to(authority).with("Origin", "https://evil.example")).status());
		assertEquals(403, raw(change.to(authority).with("Sec-Fetch-Site", "cross-site")).status());
		assertEquals(403, raw(change.to("rebound.example:80")).status());
		assertEquals(
				403,
				raw(Request.get(SETTINGS + "?post=true&apply=true&action=ajaxConfigManager&propertylist=route&route=false")
						.to(authority)
						.with("Authorization", gatehouse.console().authorization())).status());
		assertEquals("one", answer());
	}

	@Test
	void noRequestComesPastTheGuardWhileItsNamesChange() {
		Request page = Request.get("/system/console/bundles").with("Authorization", gatehouse.console().authorization());
		for (int i = 0; i < 10; i++) {
			String name = "console-" + i + ".example";
			gatehouse.configure(YAML + "console: {hosts: [" + name + "]}\n");
			Await.until("the console is called " + name, () -> {
				assertEquals(403, raw(page.to("evil.example")).status());
				return raw(page.to(name)).status() == 200;
			});
		}
		gatehouse.configure(YAML);
	}

	@Test
	void movesToAnotherAddressAndBackAndWaitsForOneThatIsTaken() throws IOException {
		try (TestGatehouse moving = TestGatehouse.configured(YAML).with("one", one.url()).start();
				ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			String yaml = YAML + "console: {address: \"127.0.0.1:" + other.getLocalPort() + "\"}\n";
			moving.configure(yaml);
			moving.log().await("cannot listen at 127.0.0.1:" + other.getLocalPort());
			assertEquals(200, moving.console().get("/system/console/gatehouse").statusCode());
			other.close();
			Await.until("the console has moved", () -> status(other.getLocalPort()) == 401);
			Await.until("it has left its first port", () -> status(moving.console().port()) == 0);
			moving.configure(YAML);
			Await.until("the console is back", () -> status(moving.console().port()) == 401);
			try (Client client = Http1Client.plain(moving.port("http"))) {
				assertEquals("one", client.send(Request.get("/")).text());
			}
		}
	}

	@Test
	void opensWhenItsPortCanBeKeptInTheDataDirectory() throws IOException {
		TestGatehouse.Setup setup = TestGatehouse.configured(YAML).with("one", one.url());
		Path obstacle = setup.folder().resolve("data/config/org/apache/felix");
		Files.createDirectories(obstacle.getParent());
		Files.createFile(obstacle);
		try (TestGatehouse obstructed = setup.start()) {
			obstructed.log().await("not in force: console: ", "cannot be kept in the data directory " + obstructed.data().toRealPath());
			assertFalse(obstructed.log().any("cannot listen at"));
			Files.delete(obstacle);
			Await.until("the console is there", () -> status(obstructed.console().port()) == 401);
		}
	}

	/** @return 0 when nobody answers: a server that is just ending may take a connection and leave it at that */
	private static int status(int port) {
		try {
			URL page = new URL("http://127.0.0.1:" + port + "/system/console/gatehouse");
			HttpURLConnection connection = (HttpURLConnection) page.openConnection();
			connection.setConnectTimeout(1_000);
			connection.setReadTimeout(1_000);
			return connection.getResponseCode();
		} catch (IOException nobody) {
			return 0;
		}
	}

	@Test
	void refusesAValueWithTheReasonAndKeepsWhatWasInForce() {
		Map<String, Map<String, String>> wrong = Map.of(
				"services.app.route", Map.of("route", "http_request.hots == \"x\""),
				"services.app.http_proxy", Map.of("upstreams", "nonsense"),
				"services.app.connect_timeout_ms", Map.of("connect.timeout.ms", "soon"),
				"services.app.idle_timeout_ms", Map.of("idle.timeout.ms", "0"));
		wrong.forEach((setting, change) -> {
			var response = gatehouse.console().configure(PID, change);
			assertEquals(400, response.statusCode(), setting);
			assertTrue(response.body().contains("services.app"), response::body);
			assertEquals("one", answer());
		});
	}

	@Test
	@Pingoo("console.page")
	void aChangeIsInForceAtOnceAndOutlivesARestart() {
		TestGatehouse.Setup setup = TestGatehouse.configured(YAML).with("one", one.url());
		try (TestGatehouse first = setup.start()) {
			Path folder = first.data().getParent();
			assertEquals(302, first.console().configure(PID, Map.of("upstreams", two.url())).statusCode());
			Await.until("the change is in force", () -> answer(first.port("http")).equals("two"));
			first.terminate().awaitEnd();
			try (TestGatehouse second = setup.folder(folder).start()) {
				assertEquals("two", answer(second.port("http")));
			}
		}
	}

	private static Response raw(Request request) throws IOException {
		try (Http1Client client = Http1Client.plain(gatehouse.console().port())) {
			return client.send(request);
		}
	}

	private static String answer() {
		return answer(gatehouse.port("http"));
	}

	private static String answer(int port) {
		try (Client client = Http1Client.plain(port)) {
			return client.send(Request.get("/")).text();
		} catch (IOException e) {
			throw new AssertionError(e);
		}
	}
}
