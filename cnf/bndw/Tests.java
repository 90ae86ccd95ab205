import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

import aQute.bnd.build.Project;
import aQute.bnd.build.ProjectLauncher;
import aQute.bnd.build.ProjectTester;
import aQute.bnd.build.Workspace;
import biz.aQute.resolve.Bndrun;

/**
 * Runs tests, and counts them. Unit tests ({@code test/}) run on JUnit's console launcher, one JVM a project; a project
 * with a {@code test.bndrun} also runs the test cases of the bundles named there, inside a framework. Whole outputs are kept in
 * {@code generated/}; only failures are printed.
 */
final class Tests {

	private static final int MINUTES = 18;
	private static final int FAILURE_LINES = 14;
	private static final Pattern IS_TEST = Pattern.compile("@(Test|ParameterizedTest|RepeatedTest|TestFactory|TestTemplate)\\b");

	private final Path root;
	private final Compiler compiler;
	private final Path console;
	private final Resolution resolution;
	private int passed;
	private int failed;
	private int skipped;

	Tests(Path root, Compiler compiler, Workspace workspace) throws Exception {
		this.root = root;
		this.compiler = compiler;
		resolution = new Resolution(workspace, root);
		console = Artefacts.find(root, "/junit-platform-console-standalone/");
	}

	/** Tests inside a framework, and those that ask for it ({@code -needs-product: true}), find the product in dist/. */
	static boolean needsProduct(Project project) {
		return inFramework(project) || Boolean.parseBoolean(project.getProperty("-needs-product"));
	}

	private static boolean inFramework(Project project) {
		return Files.exists(bndrun(project));
	}

	private static Path bndrun(Project project) {
		return project.getBase().toPath().resolve("test.bndrun");
	}

	/** @param only the classes to run, none for all */
	void run(Project project, List<String> only) throws Exception {
		if (Trees.files(project.getBase().toPath().resolve("test")).stream().anyMatch(Tests::isTest)) units(project, only);
		if (inFramework(project)) framework(project, only);
	}

	/** Prints the sum. True if all is well. */
	boolean end() {
		if (skipped > 0) System.out.println(skipped + " skipped");
		System.out.println(passed + " passed, " + failed + " failed");
		return failed == 0;
	}

	private void units(Project project, List<String> only) throws Exception {
		Path home = project.getBase().toPath();
		List<Path> path = compiler.buildTests(project);
		Path log = home.resolve("generated/test.log");
		List<String> command = new ArrayList<>(jvm());
		command.addAll(List.of("-jar", console.toString(), "execute", "--disable-banner", "--disable-ansi-colors", "--details=tree",
			"--include-classname", only.isEmpty() ? ".*" : "(.*\\.)?(" + String.join("|", only) + ")(\\$.*)?",
			"--reports-dir", home.resolve("generated/test-reports").toString(),
			"--scan-classpath", path.get(0).toString(),
			"--class-path", String.join(File.pathSeparator, path.stream().map(Path::toString).toList())));
		long start = System.nanoTime();
		Process process = new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true)
			.redirectOutput(log.toFile()).start();
		boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
		if (!ended) process.destroyForcibly().waitFor();
		String output = Files.readString(log);

		int good = count(output, "tests successful");
		int bad = count(output, "tests failed") + count(output, "containers failed");
		int out = count(output, "tests skipped") + count(output, "tests aborted") + count(output, "containers skipped")
			+ count(output, "containers aborted");
		String trouble = null;
		if (!ended) trouble = "did not end within " + MINUTES + " minutes";
		else if (good + bad + out == 0) trouble = "ran no test at all";
		else if (process.exitValue() != 0 && bad == 0) trouble = "ended with exit code " + process.exitValue();
		add(project, "", good, bad, out, start, trouble, log);
		int failures = output.indexOf("\nFailures (");
		if (failures >= 0) System.out.println(heads(output.substring(failures + 1)));
	}

	private void framework(Project project, List<String> only) throws Exception {
		Path reports = project.getTarget().toPath().resolve("test-reports-framework");
		Trees.empty(reports);
		Path log = project.getTarget().toPath().resolve("test-framework.log");
		long start = System.nanoTime();
		String trouble = null;
		try (Bndrun run = resolution.resolved(bndrun(project))) {
			ProjectTester tester = run.getProjectTester();
			Report.check(run, run.getName());
			if (tester == null) throw new Failure(run.getName() + ": no such -tester");
			ProjectLauncher launcher = tester.getProjectLauncher();
			tester.setReportDir(reports.toFile());
			only.forEach(tester::addTest);
			tester.prepare();
			Report.check(run, run.getName());

			Properties properties = new Properties();
			properties.putAll(launcher.getRunProperties());
			properties.put("tester.separatethread", "true");
			properties.put("org.osgi.framework.storage", project.getTarget().toPath().resolve("test-framework").toString());
			properties.put("org.osgi.framework.storage.clean", "onFirstInit");
			properties.put(Framework.BUNDLES, String.join(File.pathSeparator, launcher.getRunBundles()));
			Path file = project.getTarget().toPath().resolve("test-framework.properties");
			try (OutputStream out = Files.newOutputStream(file)) {
				properties.store(out, null);
			}
			List<Path> path = new ArrayList<>();
			path.add(root.resolve("cnf/generated/bndw"));
			path.addAll(Compiler.paths(run.getRunFw()));
			path.addAll(Compiler.paths(run.getRunpath()));
			List<String> command = new ArrayList<>(jvm());
			command.addAll(launcher.getRunVM());
			command.addAll(List.of("-cp", String.join(File.pathSeparator, path.stream().map(Path::toString).toList()), "Framework",
				file.toString()));
			Process process = new ProcessBuilder(command).directory(project.getBase()).redirectErrorStream(true)
				.redirectOutput(log.toFile()).start();
			if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
				process.destroyForcibly().waitFor();
				trouble = "did not end within " + MINUTES + " minutes";
			} else if (process.exitValue() != 0) {
				trouble = "ended with exit code " + process.exitValue();
			}
			run.getErrors().clear();
			run.getWarnings().clear();
		}
		int good = 0;
		int bad = 0;
		int out = 0;
		StringBuilder failures = new StringBuilder();
		for (Path report : Trees.files(reports)) {
			if (!report.toString().endsWith(".xml")) continue;
			NodeList cases = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile())
				.getElementsByTagName("testcase");
			for (int i = 0; i < cases.getLength(); i++) {
				Element test = (Element) cases.item(i);
				Element failure = first(test, "failure", "error");
				if (failure != null) {
					bad++;
					failures.append("  ").append(test.getAttribute("classname")).append(' ').append(test.getAttribute("name"))
						.append('\n').append(failure.getTextContent().strip().indent(4));
				} else if (first(test, "skipped", "aborted") != null) {
					out++;
				} else {
					good++;
				}
			}
		}
		if (bad > 0 && trouble != null && trouble.startsWith("ended")) trouble = null;
		else if (trouble == null && good + out == 0) trouble = "ran no test at all";
		add(project, " (in the framework)", good, bad, out, start, trouble, log);
		if (!failures.isEmpty()) System.out.println(heads(failures.toString()));
	}

	private void add(Project project, String where, int good, int bad, int out, long start, String trouble, Path log) {
		int worst = trouble == null ? bad : Math.max(1, bad);
		passed += good;
		failed += worst;
		skipped += out;
		System.out.printf("%-24s %d passed, %d failed%s%s in %.1f s%n", project.getName(), good, worst,
			out == 0 ? "" : ", " + out + " skipped", where, (System.nanoTime() - start) / 1e9);
		if (trouble != null) System.out.println("  " + project.getName() + " " + trouble);
		if (worst > 0) System.out.println("  whole output: " + root.relativize(log));
	}

	private List<String> jvm() {
		List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
			"-ea", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
			"-Dgatehouse.root=" + root, "-Dgatehouse.dist=" + root.resolve("dist/gatehouse")));
		if (Runtime.version().feature() >= 24)
			command.addAll(List.of("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED"));
		return command;
	}

	/** Failures with the first lines of their stack traces. */
	private static String heads(String failures) {
		StringBuilder heads = new StringBuilder();
		int frames = 0;
		for (String line : failures.split("\n")) {
			if (line.startsWith("Test run finished")) break;
			String text = line.strip();
			boolean frame = text.startsWith("at ") || text.matches("\\S+(\\.\\S+)+\\(.*\\)") || text.startsWith("[...]");
			frames = frame ? frames + 1 : 0;
			if (frames <= FAILURE_LINES) heads.append(line.stripTrailing()).append('\n');
		}
		return heads.toString().stripTrailing();
	}

	private static int count(String output, String what) {
		Matcher matcher = Pattern.compile("\\[\\s*(\\d+) " + what + "\\s*]").matcher(output);
		int count = 0;
		while (matcher.find()) count = Integer.parseInt(matcher.group(1)); // the last: tests may print such lines themselves
		return count;
	}

	private static Element first(Element parent, String... names) {
		return Stream.of(names).map(name -> (Element) parent.getElementsByTagName(name).item(0)).filter(e -> e != null).findFirst()
			.orElse(null);
	}

	private static boolean isTest(Path file) {
		try {
			return file.toString().endsWith(".java") && IS_TEST.matcher(Files.readString(file)).find();
		} catch (IOException e) {
			throw new Failure("cannot read " + file + ": " + e);
		}
	}
}
