package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the bundles of the product may know of each other, read from their manifests. */
class ArchitectureTest {

	private static final String API = "proxy.api";

	private static final Map<String, List<String>> IMPORTS = new TreeMap<>();
	private static final Map<String, List<String>> EXPORTS = new TreeMap<>();

	@BeforeAll
	static void read() throws IOException {
		try (Stream<Path> files = Files.list(Path.of(System.getProperty("gatehouse.dist"), "bundle"))) {
			for (Path file : files.toList()) {
				try (JarFile jar = new JarFile(file.toFile())) {
					var headers = jar.getManifest().getMainAttributes();
					String name = headers.getValue("Bundle-SymbolicName").replaceFirst(";.*", "");
					IMPORTS.put(name, packages(headers.getValue("Import-Package")));
					EXPORTS.put(name, packages(headers.getValue("Export-Package")));
				}
			}
		}
		IMPORTS.keySet().removeIf(name -> !name.startsWith("proxy."));
		EXPORTS.keySet().retainAll(IMPORTS.keySet());
		assertTrue(IMPORTS.containsKey(API) && IMPORTS.size() > 5, IMPORTS::toString);
	}

	/** The names in a header whose clauses are separated by commas, and may have commas in quotes. */
	private static List<String> packages(String header) {
		return header == null
				? List.of()
				: Stream.of(header.replaceAll("\"[^\"]*\"", "").split(",")).map(clause -> clause.replaceFirst(";.*", "").strip()).toList();
	}

	@Test
	void bundlesKnowEachOtherByTheApiAlone() {
		IMPORTS.forEach((name, imports) -> assertEquals(
				List.of(), imports.stream().filter(used -> used.startsWith("proxy.") && !used.startsWith(API)).toList(), name));
	}

	@Test
	void onlyTheApiIsExported() {
		EXPORTS.forEach((name, exports) -> {
			if (!name.equals(API)) {
				assertEquals(List.of(), exports, name);
			}
		});
	}

	@Test
	void theApiStandsOnTheJdkAlone() {
		assertEquals(
				List.of(),
				IMPORTS.get(API).stream().filter(used -> !used.startsWith("java.") && !used.startsWith("javax.") && !used.startsWith(API)).toList());
	}

	@Test
	void jettyStaysOutOfEverythingButTheCore() {
		IMPORTS.forEach((name, imports) -> {
			if (!name.equals("proxy.core")) {
				assertEquals(List.of(), imports.stream().filter(used -> used.startsWith("org.eclipse.jetty")).toList(), name);
			}
		});
	}

	/** A name in conf/compiler that is no method any more would be passed over in silence. */
	@Test
	void theCompilerIsToldOfMethodsThatAreThere() throws Exception {
		Path dist = Path.of(System.getProperty("gatehouse.dist"));
		List<URL> jars = new ArrayList<>(List.of(dist.resolve("bin/felix.jar").toUri().toURL()));
		try (Stream<Path> files = Files.list(dist.resolve("bundle"))) {
			for (Path file : files.toList()) {
				jars.add(file.toUri().toURL());
			}
		}
		try (URLClassLoader loader = new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
			List<String> methods = Files.readAllLines(dist.resolve("conf/compiler")).stream()
					.filter(line -> line.startsWith("dontinline "))
					.map(line -> line.substring(11).replaceFirst("\\(.*", ""))
					.toList();
			assertTrue(methods.size() > 10, methods::toString);
			for (String method : methods) {
				String[] names = method.split("::");
				assertTrue(
						Stream.of(Class.forName(names[0], false, loader).getDeclaredMethods()).anyMatch(there -> there.getName().equals(names[1])),
						method);
			}
		}
	}
}
