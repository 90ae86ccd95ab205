package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import proxy.fixtures.Answer;
import proxy.fixtures.Await;
import proxy.fixtures.Browser;
import proxy.fixtures.Client;
import proxy.fixtures.Http1Client;
import proxy.fixtures.Origin;
import proxy.fixtures.Request;
import proxy.fixtures.TestGatehouse;

/** The console's overview in a real browser, while the configuration file is edited, too. */
class ConsolePageTest {

	private static final String PID = "proxy.service.http_proxy~app";
	private static final String ADDRESSES = """
			listeners:
			  http: {address: "http://127.0.0.1:<http>"}
			""";
	private static final String YAML = ADDRESSES + """
			services:
			  app:
			    http_proxy: ["<one>"]
			""";

	private static Origin one;
	private static Origin two;
	private static TestGatehouse gatehouse;

	private Browser browser;

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

	@BeforeEach
	void open() {
		browser = Browser.open();
		browser.tell("Network.enable", "{}");
		browser.tell("Network.setExtraHTTPHeaders", "{\"headers\": {\"Authorization\": \"" + gatehouse.console().authorization() + "\"}}");
		browser.go("http://127.0.0.1:" + gatehouse.console().port() + "/system/console/gatehouse");
		Await.until("the page shows the service", () -> browser.text().contains("http_proxy"));
		assertTrue(!browser.text().contains("Not as in the file"), browser::text);
	}

	@AfterEach
	void close() {
		browser.close();
	}

	@Test
	void showsWhatIsNotAsInTheFileAndPutsItBack() {
		change();
		assertTrue(browser.text().contains("upstreams: " + two.url() + ", in the file " + one.url()), browser::text);
		browser.click(".differences button");
		awaitDifference(false);
		Await.until("the file is in force", () -> answer().equals("one"));
		gatehouse.log().await("as in " + gatehouse.folder().resolve("gatehouse.yml") + " again: services.app");
		assertEquals(List.of(), browser.console().stream().filter(line -> !line.startsWith("INFO ")).toList());
	}

	@Test
	void putsBackWhatWasDeleted() {
		gatehouse.console().post("/system/console/configMgr/" + PID, Map.of("apply", "true", "delete", "true"));
		awaitDifference(true);
		assertTrue(browser.text().contains("deleted here, still in the file"), browser::text);
		browser.click(".differences button");
		awaitDifference(false);
		Await.until("the file is in force", () -> answer().equals("one"));
	}

	@Test
	void givesWhatWasSetAsYamlForTheFile() {
		change();
		browser.click(".differences summary");
		String yaml = (String) browser.run("return document.querySelector('.differences pre').innerText");
		gatehouse.configure(ADDRESSES + yaml);
		awaitDifference(false);
		assertEquals("two", answer());
		gatehouse.configure(YAML);
		Await.until("the file is in force", () -> answer().equals("one"));
	}

	@Test
	void staysUntilTheFileChangesTheSameEntry() {
		change();
		gatehouse.configure(YAML + "  other: {route: http_request.path == \"/other\", http_proxy: []}\n");
		gatehouse.log().await("reloaded in", "+service other");
		assertEquals("two", answer());
		assertTrue(browser.text().contains("Not as in the file"), browser::text);
		gatehouse.configure(YAML.replace("[\"<one>\"]", "{upstreams: [\"<one>\"], keep_alive_ms: 3000}"));
		awaitDifference(false);
		Await.until("the file is in force", () -> answer().equals("one"));
		gatehouse.configure(YAML);
	}

	private void change() {
		assertEquals(302, gatehouse.console().configure(PID, Map.of("upstreams", two.url())).statusCode());
		Await.until("the change is in force", () -> answer().equals("two"));
		awaitDifference(true);
	}

	private void awaitDifference(boolean there) {
		Await.until("the page shows " + (there ? "a" : "no") + " difference",
				() -> browser.text().contains("Not as in the file") == there && browser.text().contains("http_proxy"));
	}

	private static String answer() {
		try (Client client = Http1Client.plain(gatehouse.port("http"))) {
			return client.send(Request.get("/")).text();
		} catch (IOException e) {
			throw new AssertionError(e);
		}
	}
}
