package proxy.config.yaml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxy.fixtures.Pingoo;
import proxy.rules.Language;

class TranslationTest {

	private static final String LISTENER = "listeners: {http: {address: http://0.0.0.0:8080}}\n";

	@TempDir
	Path folder;

	@Test
	@Pingoo({"config.address-defaults", "config.address-host", "config.address-ipv6"})
	void writesAddressesInFull() throws IOException {
		String yaml = """
				listeners:
				  a: {address: http://127.0.0.1}
				  b: {address: https://127.0.0.1}
				  c: {address: 127.0.0.1:8080}
				  d: {address: 'http://[::1]:8081/'}
				  e: {address: http://localhost:8082}
				services: {}
				""";
		Map<String, String> expected = Map.of("a", "http://127.0.0.1:80", "b", "https://127.0.0.1:443", "c", "http://127.0.0.1:8080",
				"d", "http://[::1]:8081", "e", "http://127.0.0.1:8082");
		expected.forEach((name, address) -> assertEquals(address, only("proxy.listener~" + name, yaml).get("address")));
	}

	@Test
	void givesEverySettingItsType() {
		Map<String, Object> api = only("proxy.service.http_proxy~api", LISTENER + """
				services:
				  api:
				    http_proxy: {upstreams: [http://127.0.0.1:3000], connect_timeout_ms: 500, retry: False}
				""");
		assertEquals(500, api.get("connect.timeout.ms"));
		assertEquals(false, api.get("retry"));
		assertArrayEquals(new String[] {"http://127.0.0.1:3000"}, (String[]) api.get("upstreams"));
		Map<String, Object> listener = only("proxy.listener~http", """
				listeners: {http: {address: "http://0.0.0.0:8080", idle_timeout_ms: 5, tls_versions: TLSv1.2}}
				services: {}
				""");
		assertEquals(5L, listener.get("idle.timeout.ms"));
		assertArrayEquals(new String[] {"TLSv1.2"}, (String[]) listener.get("tls.versions"));
	}

	@Test
	void joinsTheKeysOfNestedSettings() {
		String nested = LISTENER + "services: {web: {static: {root: www, not_found: {file: 404.html, status: 410}}}}";
		String flat = LISTENER + "services: {web: {static: {root: www, not_found_file: 404.html, not_found_status: 410}}}";
		assertEquals(Map.of("name", "web", "root", "www", "not.found.file", "404.html", "not.found.status", 410),
				only("proxy.service.static~web", nested));
		assertEquals(only("proxy.service.static~web", nested), only("proxy.service.static~web", flat));
	}

	@Test
	void takesSectionsThatAreOneConfiguration() {
		String yaml = LISTENER + """
				services: {}
				tls: {files: {folder: certs}}
				service_discovery: {docker: {socket: /run/docker.sock}}
				access_log: {sample: 0.5}
				log: {level: debug}
				""";
		assertEquals(Map.of("folder", "certs"), only("proxy.tls.files", yaml));
		assertEquals(Map.of("socket", "/run/docker.sock"), only("proxy.discovery.docker", yaml));
		assertEquals(Map.of("sample", 0.5), only("proxy.log.access", yaml));
		assertEquals(Map.of("level", "debug"), only("proxy.log", yaml));
	}

	@Test
	void takesKindsAndSectionsOfPluginsByTheirMetatypeAlone() throws IOException {
		Schema plugins = new Schema(List.of(
				new ObjectClass("proxy.service.hello", true, "", "", Map.of("value", attribute("value", "String"))),
				new ObjectClass("proxy.metrics", false, "", "", Map.of("port", attribute("port", "Integer"))),
				new ObjectClass("proxy.cache", true, "", "", Map.of("size.bytes", attribute("size.bytes", "Long"))),
				new ObjectClass("proxy.tls.vault", false, "", "", Map.of("url", attribute("url", "String")))));
		Reading reading = read(plugins, "gatehouse.yml", LISTENER + """
				services: {x: {hello: hi}}
				metrics: {port: 9090}
				caches: {big: {size_bytes: 5000000000}}
				tls: {vault: {url: "https://vault"}}
				""");
		assertEquals(List.of(), reading.findings(Finding.Kind.ERROR));
		assertEquals(Map.of("name", "x", "value", "hi"), properties(reading, "proxy.service.hello~x"));
		assertEquals(Map.of("port", 9090), properties(reading, "proxy.metrics"));
		assertEquals(Map.of("name", "big", "size.bytes", 5000000000L), properties(reading, "proxy.cache~big"));
		assertEquals(Map.of("url", "https://vault"), properties(reading, "proxy.tls.vault"));
	}

	@Test
	void guessesTypesForKindsThatNoBundleProvidesYet() {
		Map<String, Object> hello = only("proxy.service.hello~x", LISTENER + """
				services:
				  x:
				    route: http_request.path == "/hello"
				    hello: {greeting: hi, max_count: 3, loud: true, quoted: "3", words: [a, 1], deep: {er: 1.5}}
				""");
		assertArrayEquals(new String[] {"a", "1"}, (String[]) hello.remove("words"));
		assertEquals(Map.of("name", "x", "route", "http_request.path == \"/hello\"", "greeting", "hi", "max.count", 3, "loud", true,
				"quoted", "3", "deep.er", 1.5), hello);
	}

	@Test
	@Pingoo("config.rule-actions")
	void takesPingoosActionsAndPlainWords() {
		String yaml = LISTENER + """
				services: {}
				rules:
				  a: {actions: [{action: block}, captcha], log_only: true}
				""";
		Map<String, Object> rule = only("proxy.rule~a", yaml);
		assertArrayEquals(new String[] {"block", "captcha"}, (String[]) rule.get("actions"));
		assertEquals(true, rule.get("log.only"));
	}

	@Test
	@Pingoo("config.rule-files")
	void readsRuleFilesByNameAfterTheMainFile() throws IOException {
		Files.createDirectories(folder.resolve("rules/sub.yml"));
		Files.writeString(folder.resolve("rules/b.yml"), "late: {actions: [block]}");
		Files.writeString(folder.resolve("rules/a.yml"), "early: {actions: [block]}");
		Files.writeString(folder.resolve("rules/empty.yml"), "# none\n");
		Files.writeString(folder.resolve("rules/c.yaml"), "{");
		Files.writeString(folder.resolve("rules/not.yaml"), "{");
		Files.writeString(folder.resolve("rules/.#b.yml"), "{");
		Reading reading = read(TestSchema.read(), "pingoo.yml", LISTENER + "services: {}\nrules: {main: {actions: [block]}}");
		assertEquals(List.of(), reading.findings());
		assertEquals(List.of("main", "early", "late"),
				reading.entries().stream().filter(Entry::ordered).map(Entry::name).toList());
	}

	@Test
	void readsSettingsWithoutValueAsNotSet() {
		assertEquals(Map.of("name", "api"), only("proxy.service.http_proxy~api", LISTENER + "services: {api: {route: , http_proxy: }}"));
		assertEquals(Map.of("name", "w"), only("proxy.service.welcome~w", LISTENER + "services:\n  w:\n    welcome:\n"));
	}

	@Test
	void fillsInTheEnvironmentButNotInPingoosFiles() throws IOException {
		String yaml = "listeners: {http: {address: \"http://0.0.0.0:${PORT:-8080}\"}}\nservices: {w: {static: {root: \"${ROOT}$${x}\"}}}";
		Reading reading = new ConfigurationReader(TestSchema.read(), null, Map.of("ROOT", "/srv")::get, Elsewhere.NOTHING).read(write("gatehouse.yml", yaml), "f");
		assertEquals("http://0.0.0.0:8080", properties(reading, "proxy.listener~http").get("address"));
		assertEquals("/srv${x}", properties(reading, "proxy.service.static~w").get("root"));
		Reading pingoo = read(TestSchema.read(), "pingoo.yml", LISTENER + "services: {w: {static: {root: '${ROOT}'}}}");
		assertEquals("${ROOT}", properties(pingoo, "proxy.service.static~w").get("root"));
	}

	@Test
	@Pingoo({"config.upstream-urls", "config.upstream-extras"})
	void takesOutWhatPingooIgnoresInUpstreams() throws IOException {
		Reading reading = read(TestSchema.read(), "pingoo.yml", LISTENER
				+ "services: {a: {http_proxy: ['http://u:p@h:1/x?y', 'tcp://h:2', 'https://h/']}}");
		assertArrayEquals(new String[] {"http://h:1", "http://h:2", "https://h"},
				(String[]) properties(reading, "proxy.service.http_proxy~a").get("upstreams"));
	}

	@Test
	@Pingoo("requests.user-agent")
	void demandsAUserAgentInPingoosFilesThatDoNotSayOtherwise() throws IOException {
		Schema schema = new Schema(List.of(new ObjectClass("proxy.user_agent", false, "", "", Map.of("required", attribute("required", "Boolean")))));
		String yaml = "listeners: {}\nservices: {}\n";
		assertEquals(Map.of("required", true), properties(read(schema, "pingoo.yml", yaml), "proxy.user_agent"));
		assertEquals(Map.of("required", false),
				properties(read(schema, "pingoo.yml", yaml + "user_agent: {required: false}"), "proxy.user_agent"));
		assertEquals(List.of(), read(schema, "gatehouse.yml", yaml).entries());
		assertEquals(List.of(), read(TestSchema.read(), "pingoo.yml", yaml).entries());
	}

	@Test
	void followsAliases() {
		String yaml = LISTENER + "services: {a: {http_proxy: &both [http://h:1, http://h:2]}, b: {http_proxy: *both}}";
		assertArrayEquals(new String[] {"http://h:1", "http://h:2"}, (String[]) only("proxy.service.http_proxy~b", yaml).get("upstreams"));
	}

	@Test
	void mayNameWhatIsConfiguredElsewhere() throws IOException {
		String yaml = "listeners: {http: {address: http://0.0.0.0:8080, services: [made]}}\nservices: {}\n"
				+ "rules: {r: {expression: 'lists[\"bots\"].contains(client.ip)', actions: [block]}}";
		Elsewhere console = new Elsewhere(Map.of("made", "static"), Set.of("bots"), Set.of());
		assertEquals(List.of(), reader(console).read(write("gatehouse.yml", yaml), "f").findings());
		assertEquals(List.of("listeners.http.services[0]", "rules.r.expression"),
				reader(Elsewhere.NOTHING).read(write("gatehouse.yml", yaml), "f").findings().stream().map(Finding::path).toList());
	}

	@Test
	void mayNameTheListsOfTheFile() throws IOException {
		String yaml = LISTENER + "services: {}\nrules: {r: {expression: 'lists[\"bots\"].contains(client.ip)', actions: [block]}}\n"
				+ "lists: {bots: {type: Ip, file: bots.csv}}";
		assertEquals(List.of(), reader(Elsewhere.NOTHING).read(write("gatehouse.yml", yaml), "f").findings());
	}

	private static ConfigurationReader reader(Elsewhere elsewhere) {
		return new ConfigurationReader(TestSchema.read(), new Language(), variable -> null, elsewhere);
	}

	private static Attribute attribute(String id, String type) {
		return new Attribute(id, id, id, type, false, false, List.of(), null, null, List.of());
	}

	private Map<String, Object> only(String pid, String yaml) {
		try {
			Reading reading = read(TestSchema.read(), "gatehouse.yml", yaml);
			assertEquals(List.of(), reading.findings(Finding.Kind.ERROR));
			return properties(reading, pid);
		} catch (IOException e) {
			throw new AssertionError(e);
		}
	}

	private static Map<String, Object> properties(Reading reading, String pid) {
		return reading.entries().stream().filter(entry -> entry.pid().equals(pid)).findFirst().orElseThrow().properties();
	}

	private Reading read(Schema schema, String name, String yaml) throws IOException {
		return new ConfigurationReader(schema, new Language(), variable -> null, Elsewhere.NOTHING).read(write(name, yaml), name);
	}

	private Path write(String name, String yaml) throws IOException {
		return Files.writeString(folder.resolve(name), yaml);
	}
}
