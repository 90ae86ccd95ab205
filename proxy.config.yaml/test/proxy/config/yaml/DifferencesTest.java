package proxy.config.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxy.api.runtime.FileConfiguration.Difference;
import proxy.api.runtime.FileConfiguration.Kind;
import proxy.api.runtime.FileConfiguration.Setting;

class DifferencesTest {

	private static final String FILE = """
			listeners:
			  http: {address: http://0.0.0.0:8080}
			services:
			  api: {route: http_request.path == "/api", static: {root: api}}
			  web: {static: {root: web}}
			rules:
			  one: {actions: [block]}
			""";
	private static final String WEB = "proxy.service.static~web";

	@TempDir
	Path folder;

	private final MemoryConfigurations admin = new MemoryConfigurations();
	private final ConfigurationWriter writer = new ConfigurationWriter(admin);
	private Reading reading;

	@BeforeEach
	void start() throws IOException {
		reading = read(FILE);
		writer.write(reading);
	}

	@Test
	void thereAreNoneAfterTheFileWasApplied() throws IOException {
		assertEquals(List.of(), differences());
	}

	/** The console's form saves every setting. */
	@Test
	void aDefaultThatIsWrittenDownIsNone() throws IOException {
		change(WEB, Map.of("route", "", "not.found.file", "", "not.found.status", 404));
		assertEquals(List.of(), differences());
	}

	@Test
	void aChangedSettingIsToldWithWhatTheFileSays() throws IOException {
		change(WEB, Map.of("root", "www", "not.found.status", 200));
		Difference web = differences().get(0);
		assertEquals(List.of(WEB, "services.web", Kind.CHANGED), List.of(web.pid(), web.path(), web.kind()));
		assertEquals(Set.of(new Setting("root", List.of("web"), List.of("www")),
				new Setting("not_found_status", List.of("404"), List.of("200"))), Set.copyOf(web.settings()));
		assertEquals("services:\n  web:\n    static:\n      root: www\n      not_found_status: 200\n", web.yaml());
	}

	@Test
	void whatIsPutIntoTheFileAsItIsShownIsWhatWasSet() throws IOException {
		String route = "headers[\"x\"] == 'it''s ${HOME}: # \\\\' && http_request.path == \"/a\"\n\t|| client.ip == Ip(\"10.0.0.1\")";
		change(WEB, Map.of("route", route, "root", "C:\\www", "not.found.file", "1.0", "not.found.status", 200));
		change("proxy.listener~http", Map.of("services", new String[] {"yes", "- a", "ü", "web"}));
		admin.getFactoryConfiguration("proxy.rule", "mine", "?")
				.update(new Hashtable<>(Map.of("name", "rule: 2", "actions", new String[] {"captcha"}, "log.only", true)));
		List<Difference> before = differences();
		assertEquals(List.of("listeners.http", "rules.rule: 2", "services.web"), before.stream().map(Difference::path).toList());
		assertEquals(Kind.ADDED, before.get(1).kind());
		Reading next = read(before.stream().map(Difference::yaml).collect(Collectors.joining()));
		reading = next;
		assertEquals(List.of("rules.rule: 2"), differences().stream().filter(one -> one.kind() == Kind.DELETED).map(Difference::path).toList(),
				"its name is part of its PID in the file");
		assertEquals(List.of(), differences().stream().filter(one -> one.kind() == Kind.CHANGED).toList());
	}

	@Test
	void aDeletedEntryAndAnAddedOneAreTold() throws IOException {
		admin.getConfiguration("proxy.rule~one", "?").delete();
		admin.getFactoryConfiguration("proxy.listener", "other", "?").update(new Hashtable<>(Map.of("name", "other", "address", "http://[::]:81")));
		List<Difference> found = differences();
		assertEquals(List.of(Kind.ADDED, Kind.DELETED), found.stream().map(Difference::kind).toList());
		assertEquals("listeners:\n  other:\n    address: 'http://[::]:81'\n", found.get(0).yaml());
		assertEquals("rules.one", found.get(1).path());
	}

	@Test
	void restoringPutsBackWhatTheFileSaysInItsPlace() throws IOException {
		Map<String, Object> before = admin.get(WEB);
		change(WEB, Map.of("root", "www"));
		writer.restore(entry("services.web"));
		assertEquals(before, admin.get(WEB));
		admin.getConfiguration(WEB, "?").delete();
		writer.restore(entry("services.web"));
		assertEquals(before, admin.get(WEB));
		assertEquals(List.of(), differences());
	}

	private Entry entry(String path) {
		return reading.entries().stream().filter(entry -> entry.path().equals(path)).findFirst().orElseThrow();
	}

	private void change(String pid, Map<String, Object> changes) throws IOException {
		Hashtable<String, Object> properties = new Hashtable<>(admin.get(pid));
		properties.putAll(changes);
		admin.getConfiguration(pid, "?").update(properties);
	}

	private List<Difference> differences() throws IOException {
		return new Differences(TestSchema.read(), reading).of(writer.present());
	}

	private Reading read(String yaml) throws IOException {
		Path file = Files.writeString(folder.resolve("gatehouse.yml"), yaml);
		return new ConfigurationReader(TestSchema.read(), null, name -> null, Elsewhere.NOTHING).read(file, "gatehouse.yml");
	}
}
