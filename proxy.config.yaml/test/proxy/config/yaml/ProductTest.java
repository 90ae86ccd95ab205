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
import java.util.Set;
import java.util.TreeSet;
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

	/** A line of settings below the word they are settings of, and what is said of it where the line has a caret. */
	@ParameterizedTest
	@ValueSource(strings = {
		"services: {a: {static: {root: ., types: [a=text/a, nonsense]}}}|services.a.static.types: 'nonsense' is not like glb=model/gltf-binary|nonsense",
		"services: {a: {static: {root: ., index: [a/b]}}}|services.a.static.index: 'a/b' is no file name|a/b",
		"services: {a: {static: {root: ., cache_control: ü}}}|services.a.static.cache_control: may have visible ASCII characters and blanks only|ü",
		"services: {a: {static: {root: ., not_found_file: ../x}}}|services.a.static.not_found.file: '../x' is no path of a file below root|../x",
		"services: {a: {static: {root: ., not_found: {status: 302}}}}|services.a.static.not_found.status: is 302, it must be 200, or from 400 to 599|302",
		"services: {a: {http_proxy: {upstreams: ['http://a'], balancer: rondom}}}|services.a.http_proxy.balancer: no installed bundle provides the balancer 'rondom', only random; upstreams are chosen at random|rondom",
		"services: {a: {http_proxy: ['http://b', 'http://_http._tcp.a:80']}}|services.a.http_proxy: the upstream 'http://_http._tcp.a:80' has a port, which its SRV records say|'http://_",
		"listeners: {b: {address: 'http://0.0.0.0:81', trusted_proxies: [10.0.0.0/8, 10.0.0.0/40]}}|listeners.b.trusted_proxies: '10.0.0.0/40' is not an IP address or a network such as 10.0.0.0/8|10.0.0.0/40",
		"listeners: {b: {address: 'http://0.0.0.0:81', proxy_protocol: true}}|listeners.b.proxy_protocol: trusted_proxies is empty; name the proxies whose PROXY headers are to be believed|true",
		"listeners: {b: {address: 'https://0.0.0.0:81', https_redirect: true}}|listeners.b.https_redirect: only an http listener can redirect to https|true",
		"access_log: {path: ' '}|access_log.path: is empty; a file, stdout or stderr is wanted|' '",
		"access_log: {redact_path: [key]}|access_log.redact_path: 'key' is not a path with a secret segment in braces, such as /announce/{key}|key",
		"log: {loggers: [proxy.core]}|log.loggers: 'proxy.core' is not of the form name=level, such as proxy.tls.acme=debug|proxy.core",
		"child_process: {command: [/bin/true], environment: [A=b, C]}|child_process.environment: 'C' is not NAME=value|C",
		"child_process: {command: [/bin/true], ready_address: nowhere}|child_process.ready_address: 'nowhere' is not an address such as 127.0.0.1:3000|nowhere",
		"console: {address: everywhere}|console.address: 'everywhere' is not an IP address and a port such as 127.0.0.1:8181|everywhere",
		"tls: {acme: {domains: [a.example], default_domain: b.example}}|tls.acme.default_domain: 'b.example' is none of the domains|b.example",
		"tls: {acme: {domains: [a.example], eab_key_id: x}}|tls.acme.eab_hmac_key_file: is missing, eab_key_id and eab_hmac_key_file need each other; no certificates are ordered|acme",
		"service_discovery: {dns: {servers: [10.0.0.53, resolver]}}|service_discovery.dns.servers: 'resolver' is not an IP address, nor one with a port such as 10.0.0.53:5353 or [::1]:53|resolver",
		"service_discovery: {docker: {socket: http://x}}|service_discovery.docker.socket: 'http://x' is neither a path, nor unix:///path, nor tcp://host:port|http://x",
		"captcha: {key_file: \"a\\0\"}|captcha.key_file: 'a\0' is no file name: Nul character not allowed|\"a",
	})
	void whatComponentsWouldRefuseIsRefusedWhereItStands(String row) throws IOException {
		String[] cells = row.split("\\|");
		StringBuilder yaml = new StringBuilder(cells[0] + "\n");
		if (!cells[0].startsWith("listeners")) {
			yaml.append("listeners: {https: {address: 'https://0.0.0.0:443'}}\n");
		}
		if (!cells[0].startsWith("services")) {
			yaml.append("services: {z: {http_proxy: []}}\n");
		}
		Path file = Files.writeString(folder.resolve("gatehouse.yml"), yaml);
		String said = check(file);
		int column = cells[0].lastIndexOf(cells[2]);
		assertEquals("1 " + file + ":1:" + (column + 1) + " " + cells[1] + "\n    " + cells[0] + "\n    " + " ".repeat(column) + "^\n", said);
	}

	/** Of the others, metatype and {@link Surroundings} say all that their components do. */
	@Test
	void allSettingsThatComponentsExamineAreExamined() throws IOException {
		Set<String> unexamined = new TreeSet<>();
		new JarFolder(bundles).schema().all().forEach(type -> unexamined.add(type.pid()));
		Check.checks(Check.loader(bundles)).forEach(check -> assertTrue(unexamined.remove(check.pid()), check.pid()));
		assertEquals(
				Set.of("proxy.core", "proxy.geoip", "proxy.list", "proxy.rule", "proxy.service.welcome", "proxy.tls.files",
						"proxy.user_agent", "proxy.warmup"),
				unexamined);
	}

	private String check(Path file) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		int code = new Check(new PrintStream(out, true, StandardCharsets.UTF_8)).check(file.toString(), bundles);
		return code + " " + out.toString(StandardCharsets.UTF_8);
	}
}
