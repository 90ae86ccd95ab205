package proxy.config.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proxy.fixtures.Pingoo;
import proxy.rules.Language;

/** Every folder of {@code test/broken} has a configuration and, in {@code expected}, all that has to be said about it. */
class BrokenConfigurationsTest {

	static Stream<String> cases() throws IOException {
		try (Stream<Path> folders = Files.list(Path.of("test/broken"))) {
			return folders.map(folder -> folder.getFileName().toString()).sorted().toList().stream();
		}
	}

	@ParameterizedTest
	@MethodSource("cases")
	@Pingoo({"config.mistakes", "config.sections", "config.unknown-keys", "config.duplicate-keys",
			"config.address-defaults", "config.address-host", "config.address-twice", "config.services-unknown",
			"config.services-tcp", "config.kinds", "config.upstream-urls", "config.rule-names", "config.rule-actions",
			"config.acme-domains", "config.acme-listener", "docker.section"})
	void saysEverythingThatIsWrong(String name) throws IOException {
		Path folder = Path.of("test/broken", name);
		String file = Files.exists(folder.resolve("pingoo.yml")) ? "pingoo.yml" : "gatehouse.yml";
		Reading reading = read(folder.resolve(file), file);
		List<String> said = reading.findings().stream()
				.map(finding -> (finding.kind() == Finding.Kind.ERROR ? "" : finding.kind() + " ") + finding).toList();
		assertEquals(Files.readString(folder.resolve("expected")).strip(), String.join("\n", said));
	}

	@Test
	void refusesWhatIsNotUtf8(@TempDir Path folder) throws IOException {
		Path file = Files.write(folder.resolve("gatehouse.yml"), new byte[] {'a', ':', '\n', 'b', ':', ' ', (byte) 0xE9, '\n'});
		Reading reading = read(file, "gatehouse.yml");
		assertFalse(reading.isValid());
		assertEquals(List.of("gatehouse.yml:2:4: the file is not UTF-8 here"), reading.findings().stream().map(Finding::toString).toList());
	}

	@Test
	void refusesControlCharacters(@TempDir Path folder) throws IOException {
		Path file = Files.writeString(folder.resolve("gatehouse.yml"), "a:\nb: \u0001\n");
		assertEquals(List.of("gatehouse.yml:2:4: the character U+0001 is not allowed in YAML"),
				read(file, "gatehouse.yml").findings().stream().map(Finding::toString).toList());
	}

	@Test
	void refusesWhatIsNestedWithoutEnd(@TempDir Path folder) throws IOException {
		Path file = Files.writeString(folder.resolve("gatehouse.yml"), "listeners: " + "[".repeat(200_000));
		assertEquals(List.of("gatehouse.yml:1:331: nested too deeply"),
				read(file, "gatehouse.yml").findings().stream().map(Finding::toString).toList());
	}

	@Test
	void refusesAliasesThatMultiply(@TempDir Path folder) throws IOException {
		StringBuilder yaml = new StringBuilder("a0: &a0 [x, x]\n");
		for (int i = 1; i <= 30; i++) {
			yaml.append(String.format("a%d: &a%d [*a%d, *a%d]\n", i, i, i - 1, i - 1));
		}
		Path file = Files.writeString(folder.resolve("gatehouse.yml"), yaml);
		List<String> said = read(file, "gatehouse.yml").findings().stream().map(Finding::toString)
				.filter(line -> line.contains("alias")).toList();
		assertEquals(1, said.size());
		assertTrue(said.get(0).endsWith(": aliases (*) repeat more than 100000 values"), said.get(0));
	}

	@Test
	void aliasesMayStandInAnyNumberOfPlaces(@TempDir Path folder) throws IOException {
		StringBuilder yaml = new StringBuilder("listeners: {http: {address: 'http://0.0.0.0:8080'}}\nservices: {api: {http_proxy: []}}\nrules:\n"
				+ "  r0: {expression: 'http_request.path == \"/0\"', actions: &deny [block]}\n");
		for (int i = 1; i <= 200; i++) {
			yaml.append("  r" + i + ": {expression: 'http_request.path == \"/" + i + "\"', actions: *deny}\n");
		}
		Reading reading = read(Files.writeString(folder.resolve("gatehouse.yml"), yaml), "gatehouse.yml");
		assertEquals(List.of(), reading.findings());
		assertEquals(201, reading.count("rules"));
	}

	private static Reading read(Path file, String shown) throws IOException {
		return new ConfigurationReader(TestSchema.read(), new Language(), Map.<String, String>of()::get, Elsewhere.NOTHING).read(file, shown);
	}
}
