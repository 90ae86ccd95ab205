package proxy.config.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationWriterTest {

	private static final String START = """
			listeners:
			  http: {address: http://0.0.0.0:8080}
			services:
			  api: {route: http_request.path == "/api", static: {root: api}}
			  web: {static: {root: web}}
			rules:
			  one: {actions: [block]}
			""";
	private static final String APPLIED = "update " + Applied.PID;

	@TempDir
	Path folder;

	private final MemoryConfigurations admin = new MemoryConfigurations();

	@BeforeEach
	void start() throws IOException {
		write(START);
		admin.done.clear();
	}

	@Test
	void writesEveryEntryListenersLast() throws IOException {
		MemoryConfigurations fresh = new MemoryConfigurations();
		Changes changes = new ConfigurationWriter(fresh).write(read(START));
		assertEquals(List.of("create proxy.service.static~api", "create proxy.service.static~web", "create proxy.rule~one",
				"create proxy.listener~http", "create " + Applied.PID), fresh.done);
		assertEquals("+service api, +service web, +rule one, +listener http", changes.toString());
		assertEquals(Map.of("name", "api", "route", "http_request.path == \"/api\"", "root", "api", "service.ranking", 1_000_000,
				"gatehouse.source", "gatehouse.yml"), fresh.get("proxy.service.static~api"));
		assertEquals(999_000, fresh.get("proxy.service.static~web").get("service.ranking"));
		assertEquals(1_000_000, fresh.get("proxy.rule~one").get("service.ranking"));
		assertFalse(fresh.get("proxy.listener~http").containsKey("service.ranking"));
	}

	@Test
	void touchesNothingWhenNothingChanged() throws IOException {
		assertEquals("nothing to change", write("# a comment\n" + START).toString());
		assertEquals(List.of(), admin.done);
	}

	@Test
	void updatesOnlyWhatChanged() throws IOException {
		assertEquals("~service web", write(START.replace("root: web", "root: www")).toString());
		assertEquals(List.of("update proxy.service.static~web", APPLIED), admin.done);
		assertEquals("www", admin.get("proxy.service.static~web").get("root"));
	}

	@Test
	void addsAndDeletes() throws IOException {
		Changes changes = write(START.replace("  one: {actions: [block]}", "  two: {actions: [block]}"));
		assertEquals("+rule two, -rule one", changes.toString());
		assertFalse(admin.pids().contains("proxy.rule~one"));
	}

	@Test
	void makesWayForAnotherListenerOnTheSameAddress() throws IOException {
		write(START.replace("  http:", "  other:"));
		assertEquals(List.of("delete proxy.listener~http", "create proxy.listener~other", APPLIED), admin.done);
	}

	@Test
	void replacesAServiceThatChangesItsKind() throws IOException {
		assertEquals("+service web, -service web", write(START.replace("web: {static: {root: web}}", "web: {welcome: {}}")).toString());
		assertEquals(Set.of("proxy.listener~http", "proxy.service.static~api", "proxy.service.welcome~web", "proxy.rule~one", Applied.PID),
				admin.pids());
	}

	@Test
	void leavesTheOthersAloneWhenAServiceComesInFront() throws IOException {
		assertEquals("+service new", write(START.replace("services:\n", "services:\n  new: {welcome: {}}\n")).toString());
		assertEquals(1_001_000, admin.get("proxy.service.welcome~new").get("service.ranking"));
		assertEquals("+service mid", write(START.replace("services:\n", "services:\n  new: {welcome: {}}\n")
				.replace("  web:", "  mid: {welcome: {}}\n  web:")).toString());
		assertEquals(999_500, admin.get("proxy.service.welcome~mid").get("service.ranking"));
	}

	@Test
	void movesAServiceByItsRankingAlone() throws IOException {
		admin.set("proxy.service.static~api", "root", "set in the console");
		String swapped = """
				listeners:
				  http: {address: http://0.0.0.0:8080}
				services:
				  web: {static: {root: web}}
				  api: {route: http_request.path == "/api", static: {root: api}}
				rules:
				  one: {actions: [block]}
				""";
		assertEquals(1, write(swapped).done().size());
		assertTrue((int) admin.get("proxy.service.static~web").get("service.ranking")
				> (int) admin.get("proxy.service.static~api").get("service.ranking"));
		assertEquals("set in the console", admin.get("proxy.service.static~api").get("root"));
	}

	@Test
	void leavesWhatTheConsoleChangedUntilTheFileChangesThatEntry() throws IOException {
		admin.set("proxy.service.static~web", "root", "console");
		Changes other = write(START.replace("root: api", "root: api2"));
		assertEquals("~service api", other.toString());
		assertEquals(List.of("services.web"), other.kept());
		assertEquals("console", admin.get("proxy.service.static~web").get("root"));
		write(START.replace("root: web", "root: file"));
		assertEquals("file", admin.get("proxy.service.static~web").get("root"));
	}

	@Test
	void remembersEvenWhenOthersDropItsMarks() throws IOException {
		admin.replace("proxy.service.static~web", Map.of("name", "web", "root", "console"));
		assertEquals(List.of("services.web"), write(START).kept());
		assertEquals(Map.of("name", "web", "root", "console", "service.ranking", 999_000), admin.get("proxy.service.static~web"));
		admin.done.clear();
		write(START);
		assertEquals(List.of(), admin.done);
		assertEquals("-service web", write(START.replace("  web: {static: {root: web}}\n", "")).toString());
	}

	@Test
	void knowsItsOwnChangesFromThoseOfOthers() throws IOException {
		ConfigurationWriter writer = new ConfigurationWriter(admin);
		assertFalse(writer.isOwn("proxy.service.static~api"), "another has written it");
		writer.write(read(START.replace("root: api", "root: api2")));
		assertTrue(writer.isOwn("proxy.service.static~api"));
		admin.set("proxy.service.static~api", "root", "console");
		assertFalse(writer.isOwn("proxy.service.static~api"));
		writer.write(read(START.replace("root: api", "root: api3")));
		assertTrue(writer.isOwn("proxy.service.static~api"));
		admin.set("proxy.service.static~api", "root", "console");
		writer.restore(read(START).entries().get(1));
		assertTrue(writer.isOwn("proxy.service.static~api"));
	}

	@Test
	void leavesDeletedWhatTheConsoleDeletedUntilTheFileChangesThatEntry() throws IOException {
		admin.remove("proxy.service.static~web");
		assertEquals(List.of("services.web"), write(START).kept());
		assertFalse(admin.pids().contains("proxy.service.static~web"));
		assertEquals("+service web", write(START.replace("root: web", "root: again")).toString());
	}

	@Test
	void leavesWhatNeverCameFromAFile() throws IOException {
		admin.getFactoryConfiguration("proxy.rule", "by-hand", "?").update(new Hashtable<>(Map.of("name", "by-hand")));
		write(START.replace("rules:\n  one: {actions: [block]}\n", ""));
		assertTrue(admin.pids().contains("proxy.rule~by-hand"));
	}

	@Test
	void takesOverAConfigurationThatTheFileAsksForAnew() throws IOException {
		admin.getFactoryConfiguration("proxy.rule", "two", "?").update(new Hashtable<>(Map.of("name", "two")));
		assertEquals("~rule two", write(START + "  two: {actions: [block]}\n").toString());
	}

	@Test
	void writesNothingAnewWhenABundleComesThatKnowsTheTypes() throws IOException {
		String yaml = START.replace("web: {static: {root: web}}", "web: {static: {root: web, not_found_status: 410}}");
		Reading guessed = new ConfigurationReader(new Schema(List.of()), null, name -> null, Elsewhere.NOTHING).read(file(yaml), "gatehouse.yml");
		MemoryConfigurations fresh = new MemoryConfigurations();
		new ConfigurationWriter(fresh).write(guessed);
		fresh.done.clear();
		assertEquals("nothing to change", new ConfigurationWriter(fresh).write(read(yaml)).toString());
		assertEquals(List.of(), fresh.done);
	}

	private Changes write(String yaml) throws IOException {
		return new ConfigurationWriter(admin).write(read(yaml));
	}

	private Reading read(String yaml) throws IOException {
		Reading reading = new ConfigurationReader(TestSchema.read(), null, name -> null, Elsewhere.NOTHING).read(file(yaml), "gatehouse.yml");
		assertEquals(List.of(), reading.findings(Finding.Kind.ERROR));
		return reading;
	}

	private Path file(String yaml) throws IOException {
		return Files.writeString(folder.resolve("gatehouse.yml"), yaml);
	}
}
