package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import proxy.fixtures.Answer;
import proxy.fixtures.Await;
import proxy.fixtures.Client;
import proxy.fixtures.Http1Client;
import proxy.fixtures.Origin;
import proxy.fixtures.Pingoo;
import proxy.fixtures.Request;
import proxy.fixtures.TestGatehouse;

/** What a Pingoo file with all its sections means: order, defaults, what is ignored, what is refused, what is not there yet. */
class ConfigurationTest {

	private static final String YAML = """
			listeners:
			  http: {address: "127.0.0.1:<http>"}
			  https: {address: "https://127.0.0.1:<https>"}
			  chosen: {address: "http://127.0.0.1:<chosen>/ignored", services: [two, one, routed], color: red}
			lists:
			  blocked: {type: Ip, file: "<folder>/blocked.csv"}
			  later: {type: string, file: later.csv}
			rules:
			  listed: {expression: 'http_request.path == "/listed" && lists["blocked"].contains(client.ip)', actions: [{action: block}]}
			  later: {expression: 'http_request.path == "/later" && lists["later"].contains(http_request.host)', actions: [{action: block}]}
			services:
			  routed: {route: http_request.path == "/routed", http_proxy: ["<routed>/ignored?x=y"]}
			  nobody: {route: http_request.path == "/nobody", http_proxy: []}
			  unresolved: {route: http_request.path == "/unresolved", http_proxy: ["http://nowhere.invalid:1212"]}
			  one: {http_proxy: ["<one>"]}
			  two: {http_proxy: ["<two>"]}
			service_discovery: {docker: {socket: "<folder>/no-docker.sock"}}
			user_agent: {required: false}
			""";

	private static Origin routed;
	private static Origin one;
	private static Origin two;
	private static TestGatehouse gatehouse;
	private static Path folder;

	@BeforeAll
	static void start() throws IOException {
		routed = Origin.plain(Answer.text("routed"));
		one = Origin.plain(Answer.text("one"));
		two = Origin.plain(Answer.text("two"));
		TestGatehouse.Setup setup = TestGatehouse.configured(YAML).file("pingoo.yml")
				.with("routed", routed.url()).with("one", one.url()).with("two", two.url());
		folder = setup.folder();
		Files.writeString(folder.resolve("blocked.csv"), "127.0.0.0/8\n");
		Files.createDirectories(folder.resolve("rules"));
		Files.writeString(folder.resolve("rules/b.yml"), "second: {expression: http_request.path == \"/beside\", actions: [{action: block}]}\n");
		Files.writeString(folder.resolve("rules/ignored.yaml"), "everything: {actions: [{action: block}]}\n");
		gatehouse = setup.with("folder", folder).start();
	}

	@AfterAll
	static void stop() {
		gatehouse.close();
		routed.close();
		one.close();
		two.close();
	}

	@BeforeEach
	void asItWas() {
		gatehouse.configure(YAML);
		Await.until("the configuration is as it was", () -> status(Protocol.HTTP_1, "/listed") == 403);
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo({"config.services-of-a-listener", "config.order", "config.address-defaults", "config.upstream-extras"})
	void aListenerOffersAllServicesInTheOrderOfTheFile(Protocol protocol) throws IOException {
		try (Client client = protocol.connect(gatehouse)) {
			assertEquals("routed", client.send(Request.get("/routed")).text());
			assertEquals("one", client.send(Request.get("/")).text());
		}
	}

	@Test
	@Pingoo({"config.services-of-a-listener", "config.address-path"})
	void aListenerWithAListOffersThemInTheOrderOfTheList() throws IOException {
		try (Client client = Http1Client.plain(gatehouse.port("chosen"))) {
			assertEquals("two", client.send(Request.get("/routed")).text());
		}
	}

	@Test
	@Pingoo({"config.unknown-keys", "config.address-path", "config.upstream-extras"})
	void whatIsIgnoredIsSaid() {
		assertEquals(1, gatehouse.log().with("\"warn\"", "listeners.chosen.color", "unknown key 'color'", "ignored").size());
		assertEquals(1, gatehouse.log().with("\"warn\"", "listeners.chosen.address", "has no path", "ignored").size());
		assertEquals(1, gatehouse.log().with("\"warn\"", "services.routed.http_proxy[0]", "ignored").size());
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo({"config.rule-files", "lists.networks", "config.list-types"})
	void rulesAreThoseOfTheFileAndOfTheFilesBesideIt(Protocol protocol) throws IOException {
		assertEquals(403, status(protocol, "/listed"));
		assertEquals(403, status(protocol, "/beside"));
		assertEquals(200, status(protocol, "/listed/not"));
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo({"config.start", "lists.broken", "geoip.missing"})
	void whatIsNotThereAtTheStartLeavesTheRestAlone(Protocol protocol) throws IOException {
		assertEquals(200, status(protocol, "/"));
		assertEquals(503, status(protocol, "/unresolved"));
		assertEquals(403, status(protocol, "/later"), "a rule that cannot be judged");
		gatehouse.log().await("\"row\":\"geoip\"", "no database, countries are not known");
		gatehouse.log().await("not in force", "lists.later.file", "there is no file " + folder.resolve("later.csv"));
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo("config.empty-upstreams")
	void aServiceMayHaveNoUpstreamYet(Protocol protocol) throws IOException {
		assertEquals(503, status(protocol, "/nobody"));
	}

	@Test
	@Pingoo({"config.mistakes", "config.reload"})
	void everyMistakeIsNamedOnceAndNothingChanges() throws IOException {
		gatehouse.configure(YAML.replace("\"/listed\"", "\"/moved\"").replace("client.ip)", "client.pi)").replace("[two, one, routed]", "[two, oen]"));
		gatehouse.log().await("NOT reloaded: 2 problems", "still running the previous configuration");
		assertEquals(403, status(Protocol.HTTP_1, "/listed"));
		gatehouse.configure(YAML.replace("\"/listed\"", "\"/moved\""));
		Await.until("the mended file is in force", () -> status(Protocol.HTTP_1, "/moved") == 403);
		assertEquals(200, status(Protocol.HTTP_1, "/listed"));
		assertSaidOnce("rules.listed.expression", "did you mean 'ip'?");
		assertSaidOnce("listeners.chosen.services[1]", "did you mean 'one'?");
	}

	private static void assertSaidOnce(String... texts) {
		List<String> lines = gatehouse.log().with(texts);
		assertEquals(1, lines.size(), lines::toString);
		assertTrue(lines.get(0).contains("pingoo.yml:"), lines::toString);
	}

	private static int status(Protocol protocol, String target) throws IOException {
		try (Client client = protocol.connect(gatehouse)) {
			return client.send(Request.get(target)).status();
		}
	}
}
