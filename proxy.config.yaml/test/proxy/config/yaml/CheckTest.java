package proxy.config.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxy.fixtures.Pingoo;
import proxy.rules.Language;

class CheckTest {

	private static final String LANGUAGE = "<component><implementation class=\"" + Language.class.getName()
			+ "\"/><service><provide interface=\"proxy.api.rule.ExpressionLanguage\"/></service></component>";

	private static final String ACTION = "<scr:component name=\"block\"><property name=\"action\" type=\"String\" value=\"block\"/>"
			+ "<service><provide interface=\"proxy.api.http.HttpAction\"/></service></scr:component>";

	@TempDir
	Path folder;

	private List<Path> bundles;

	@BeforeEach
	void makeBundles() throws IOException {
		Path jar = folder.resolve("all.jar");
		try (OutputStream file = Files.newOutputStream(jar); JarOutputStream out = new JarOutputStream(file)) {
			for (String name : List.of("core.xml", "upstream.xml", "others.xml", "foreign.xml")) {
				out.putNextEntry(new JarEntry("OSGI-INF/metatype/" + name));
				out.write(Files.readAllBytes(TestSchema.FOLDER.resolve(name)));
			}
			out.putNextEntry(new JarEntry("OSGI-INF/language.xml"));
			out.write(LANGUAGE.getBytes(StandardCharsets.UTF_8));
			out.putNextEntry(new JarEntry("OSGI-INF/action.xml"));
			out.write(ACTION.getBytes(StandardCharsets.UTF_8));
		}
		bundles = JarFolder.jars(folder);
	}

	@Test
	void acceptsAGoodFile() throws IOException {
		String file = "test/tracker/full/pingoo.yml";
		assertEquals("0 " + file + ": ok (2 listeners, 4 services, 0 rules)\n", check(file, bundles));
	}

	@Test
	@Pingoo({"config.check", "config.mistakes"})
	void saysWhereAFileIsWrong() throws IOException {
		Path file = Files.writeString(folder.resolve("gatehouse.yml"), """
				listeners: {http: {address: http://0.0.0.0:8080}}
				services: {api: {route: http_request.hots == "x", htp_proxy: []}}
				rules: {r: {expression: 'http_requst.host == "x"', actions: [block]}}
				""");
		assertEquals("""
				1 F:2:38 services.api.route: unknown variable 'http_request.hots', did you mean 'host'?
				    services: {api: {route: http_request.hots == "x", htp_proxy: []}}
				                                         ^
				F:2:51 services.api.htp_proxy: unknown key 'htp_proxy', did you mean 'http_proxy'?
				    services: {api: {route: http_request.hots == "x", htp_proxy: []}}
				                                                      ^
				F:3:26 rules.r.expression: unknown variable 'http_requst', did you mean 'http_request'?
				    rules: {r: {expression: 'http_requst.host == "x"', actions: [block]}}
				                             ^
				""".replace("F", file.toString()), check(file.toString(), bundles));
	}

	@Test
	@Pingoo("config.check")
	void warnsOfActionsThatNoBundleHereProvides() throws IOException {
		Path file = Files.writeString(folder.resolve("gatehouse.yml"), """
				listeners: {http: {address: http://0.0.0.0:8080}}
				services: {api: {http_proxy: []}}
				rules:
				  a: {actions: [frobnicate, block]}
				  b: {actions: [shadow]}
				""");
		assertEquals("""
				0 warning: F:4:3 rules.a.actions: no bundle here provides the action 'frobnicate'; the only one here is 'block'
				      a: {actions: [frobnicate, block]}
				      ^
				warning: F:5:3 rules.b.actions: no bundle here provides the action 'shadow'; the only one here is 'block'
				      b: {actions: [shadow]}
				      ^
				F: ok (1 listener, 1 service, 2 rules)
				""".replace("F", file.toString()), check(file.toString(), bundles));
	}

	@Test
	void saysOnceThatAnActionIsMisspelt() throws IOException {
		Path file = Files.writeString(folder.resolve("gatehouse.yml"), """
				listeners: {http: {address: http://0.0.0.0:8080}}
				services: {api: {http_proxy: []}}
				rules: {a: {actions: [{action: blok}]}}
				""");
		assertEquals("""
				1 F:3:32 rules.a.actions[0]: unknown action 'blok', did you mean 'block'?
				    rules: {a: {actions: [{action: blok}]}}
				                                   ^
				""".replace("F", file.toString()), check(file.toString(), bundles));
	}

	@Test
	@Pingoo("config.check")
	void refusesListsWhoseFileIsNotThere() throws IOException {
		Files.writeString(folder.resolve("here.csv"), "10.0.0.0/8\n");
		Path file = Files.writeString(folder.resolve("gatehouse.yml"), """
				listeners: {http: {address: http://0.0.0.0:8080}}
				services: {api: {http_proxy: []}}
				lists:
				  here: {type: Ip, file: here.csv}
				  gone: {type: Ip, file: gone.csv}
				""");
		assertEquals("1 " + file + ":5:3 lists.gone.file: there is no file " + folder.resolve("gone.csv") + """

				      gone: {type: Ip, file: gone.csv}
				      ^
				""", check(file.toString(), bundles));
		Files.writeString(folder.resolve("gone.csv"), "");
		assertEquals("0 " + file + ": ok (1 listener, 1 service, 0 rules)\n", check(file.toString(), bundles));
	}

	@Test
	@Pingoo("config.check")
	void refusesListsWithAMistake() throws IOException {
		Files.writeString(folder.resolve("networks.csv"), "10.0.0.0/8\n10.0.0.0/33\n");
		Path file = Files.writeString(folder.resolve("gatehouse.yml"), """
				listeners: {http: {address: http://0.0.0.0:8080}}
				services: {api: {http_proxy: []}}
				lists:
				  networks: {type: Ip, file: networks.csv}
				  texts: {type: String, file: networks.csv}
				""");
		assertEquals("""
				1 F:4:3 lists.networks.file: L, line 2: "10.0.0.0/33" is no IP address or network
				      networks: {type: Ip, file: networks.csv}
				      ^
				""".replace("F", file.toString()).replace("L", folder.resolve("networks.csv").toString()), check(file.toString(), bundles));
	}

	@Test
	void warnsOfSitesWhoseFolderIsNotThere() throws IOException {
		Files.createDirectory(folder.resolve("here"));
		Path file = Files.writeString(folder.resolve("gatehouse.yml"), """
				listeners: {http: {address: http://0.0.0.0:8080}}
				services:
				  a: {route: http_request.host == "a", static: {root: here}}
				  b: {static: {root: gone}}
				""");
		assertEquals("""
				0 warning: F:4:3 services.b.static.root: there is no folder G
				      b: {static: {root: gone}}
				      ^
				F: ok (1 listener, 2 services, 0 rules)
				""".replace("F", file.toString()).replace("G", folder.resolve("gone").toString()), check(file.toString(), bundles));
	}

	@Test
	void refusesExpressionsWithListsThatAreNotConfigured() throws IOException {
		Files.writeString(folder.resolve("bots.csv"), "");
		Path file = Files.writeString(folder.resolve("gatehouse.yml"), """
				listeners: {http: {address: http://0.0.0.0:8080}}
				services: {api: {route: 'http_request.host in lists.hosts', http_proxy: []}}
				rules: {r: {expression: 'lists["bot"].contains(client.ip)', actions: [block]}}
				lists: {bots: {type: Ip, file: bots.csv}}
				""");
		assertEquals("""
				1 F:2:53 services.api.route: unknown list 'hosts'
				    services: {api: {route: 'http_request.host in lists.hosts', http_proxy: []}}
				                                                        ^
				F:3:31 rules.r.expression: unknown list 'bot', did you mean 'bots'?
				    rules: {r: {expression: 'lists["bot"].contains(client.ip)', actions: [block]}}
				                                  ^
				""".replace("F", file.toString()), check(file.toString(), bundles));
	}

	@Test
	@Pingoo("config.unknown-keys")
	void warnsOfWhatIsIgnoredAndAcceptsTheFile() throws IOException {
		Path file = Files.writeString(folder.resolve("pingoo.yml"), """
				listeners: {http: {address: http://0.0.0.0:8080, color: red}}
				services: {api: {http_proxy: []}}
				""");
		assertEquals("0 warning: " + file + ":1:50 listeners.http.color: unknown key 'color'; known here: address, services,"
				+ " idle_timeout_ms, tls_versions; ignored\n    listeners: {http: {address: http://0.0.0.0:8080, color: red}}\n" + " ".repeat(53) + "^\n" + file + ": ok (1 listener, 1 service, 0 rules)\n", check(file.toString(), bundles));
	}

	@Test
	void refusesWhatNoBundleServes() throws IOException {
		String file = "test/tracker/experiment-2/pingoo.yml";
		assertEquals("""
				1 F:2:3 listeners.https: no installed bundle provides 'listeners'
				      https:
				      ^
				F:6:3 tls.acme: no installed bundle provides 'tls.acme'
				      acme:
				      ^
				F:11:5 services.tracker-api.http_proxy: no installed bundle provides services of kind 'http_proxy'
				        http_proxy: ["http://tracker:1212"]
				        ^
				warning: F: expressions are not checked, no bundle with the expression language is here
				""".replace("F", file), check(file, List.of()));
	}

	@Test
	void showsOfALongLineWhatIsAroundTheMistake() throws IOException {
		Path file = Files.writeString(folder.resolve("gatehouse.yml"), "listeners: {http: {address: http://0.0.0.0:8080}}\n"
				+ "services: {api: {http_proxy: []}}\n"
				+ "rules: {r: {expression: '" + "true &&\t".repeat(300) + "nothing" + " && true".repeat(300) + "', actions: [block]}}\n");
		assertEquals("1 " + file + ":3:2426 rules.r.expression: unknown variable 'nothing'\n"
				+ "    …&" + " true &&".repeat(6) + " nothing" + " && true".repeat(5) + " &&…\n" + " ".repeat(55) + "^\n", check(file.toString(), bundles));
	}

	@Test
	void refusesAFileThatIsNotThere() throws IOException {
		assertEquals("1 nowhere.yml: there is no such file\n", check("nowhere.yml", bundles));
	}

	private static String check(String file, List<Path> bundles) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		int code = new Check(new PrintStream(out, true, StandardCharsets.UTF_8)).check(file, bundles);
		return code + " " + out.toString(StandardCharsets.UTF_8);
	}
}
