package proxy.config.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the bundles of the product say of themselves, and files made for them. */
class ProductTest {

	private static final Path PRODUCT = Path.of(System.getProperty("gatehouse.dist"));
	private static final Path DOCS = Path.of(System.getProperty("gatehouse.root"), "docs");

	@TempDir
	Path folder;

	private List<Path> bundles;

	@BeforeEach
	void findBundles() throws IOException {
		bundles = JarFolder.jars(PRODUCT.resolve("bundle"));
	}

	@Test
	void theConfigurationReferenceIsUpToDate() throws IOException {
		assertEquals(ReferencePage.page(new JarFolder(bundles).schema()), Files.readString(DOCS.resolve("configuration.md")),
				"docs/configuration.md is stale; it says itself how to write it anew");
	}

	@Test
	void theDefaultConfigurationIsRight() throws IOException {
		Path file = PRODUCT.resolve("etc/gatehouse.yml");
		assertEquals("0 " + file + ": ok (2 listeners, 1 service, 0 rules)\n", check(file));
	}

	@Test
	void whatTheDefaultConfigurationSuggestsIsRightToo() throws IOException {
		String suggested = Files.readString(PRODUCT.resolve("etc/gatehouse.yml"))
				.replaceAll("(?m)^( *)# (( *)([a-z_]+:( .*)?))$", "$1$2").replace("8443", "443");
		Path file = Files.writeString(folder.resolve("gatehouse.yml"), suggested);
		assertTrue(suggested.contains("\n  app:\n") && suggested.contains("\nrules:\n") && suggested.contains("\ntls:\n"), suggested);
		assertEquals("0 " + file + ": ok (2 listeners, 2 services, 1 rule)\n", check(file));
	}

	@ParameterizedTest
	@ValueSource(strings = {"experiment-1", "experiment-2", "experiment-3", "full"})
	void aTrackersPingooFilesAreRight(String name) throws IOException {
		String said = check(Path.of("test/tracker", name, "pingoo.yml"));
		assertTrue(said.startsWith("0 "), said);
		assertEquals(1, said.lines().count(), said);
	}

	@Test
	void theExamplesInTheDocumentationAreRight() throws IOException {
		Matcher examples = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(DOCS.resolve("pingoo.md")));
		while (examples.find()) {
			Path file = Files.writeString(folder.resolve("pingoo.yml"), examples.group(1));
			String said = check(file);
			assertTrue(said.startsWith("0 "), said);
		}
	}

	@Test
	void databasesOfGeoIpHaveToBeThere() throws IOException {
		Path file = Files.writeString(folder.resolve("gatehouse.yml"), """
				listeners: {http: {address: http://0.0.0.0:8080}}
				services: {api: {http_proxy: []}}
				geoip: {files: [here.mmdb, gone.mmdb]}
				""");
		Files.writeString(folder.resolve("here.mmdb"), "");
		assertEquals("1 " + file + ":3:1 geoip.files[1]: there is no file " + folder.resolve("gone.mmdb") + """

				    geoip: {files: [here.mmdb, gone.mmdb]}
				    ^
				""", check(file));
	}

	private String check(Path file) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		int code = new Check(new PrintStream(out, true, StandardCharsets.UTF_8)).check(file.toString(), bundles);
		return code + " " + out.toString(StandardCharsets.UTF_8);
	}
}
