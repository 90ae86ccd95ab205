package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The micro-benchmarks fit the product's classes as they are now. What they measure is nobody's concern here. */
class MicroBenchmarksTest {

	private static final Pattern RESULT = Pattern.compile("\"benchmark\" : \"proxy\\.[\\w.]*?(\\w+)\\.\\w+\"");

	@Test
	void everyMicroBenchmarkCompilesAndRuns(@TempDir Path folder) throws Exception {
		Path root = Path.of(System.getProperty("gatehouse.root"));
		Path log = folder.resolve("log");
		Path results = folder.resolve("results.json");
		ProcessBuilder builder = new ProcessBuilder(
						root.resolve("bench/micro/run").toString(), "--built",
						"-f", "0", "-wi", "0", "-i", "1", "-r", "1ms", "-p", "rule=all", "-p", "facts=fresh", "-p", "head=POST",
						"-rf", "json", "-rff", results.toString())
				.redirectErrorStream(true)
				.redirectOutput(log.toFile());
		// Real measurements may go on at the same time.
		builder.environment().put("JAVA_TOOL_OPTIONS", "-Djmh.ignoreLock=true");
		Process process = builder.start();
		assertEquals(0, process.waitFor(), () -> lastLines(log));
		Set<String> measured = new TreeSet<>();
		RESULT.matcher(Files.readString(results)).results().forEach(result -> measured.add(result.group(1)));
		assertEquals(
				Set.of("NetworksBenchmark", "ParserBenchmark", "RewriteBenchmark", "RoutingBenchmark", "RuleBenchmark"), measured);
	}

	private static String lastLines(Path log) {
		try {
			List<String> lines = Files.readAllLines(log);
			return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
		} catch (java.io.IOException e) {
			throw new AssertionError(e);
		}
	}
}
