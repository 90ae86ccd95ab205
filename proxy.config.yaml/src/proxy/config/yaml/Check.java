package proxy.config.yaml;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import proxy.api.rule.ExpressionLanguage;
import proxy.api.runtime.SettingsCheck;
import proxy.pem.PrivateFile;

/** Checks a configuration file without running anything: {@code Check FILE [BUNDLE_DIR]}. */
public final class Check {

	private final PrintStream out;

	Check(PrintStream out) {
		this.out = out;
	}

	/** Exits with 0 when nothing is wrong, 1 when something is, 2 when it cannot tell. */
	public static void main(String[] arguments) {
		if (arguments.length < 1 || arguments.length > 2) {
			System.err.println("usage: Check FILE [BUNDLE_DIR]   (without BUNDLE_DIR: the bundles on the class path)");
			System.exit(2);
		}
		try {
			System.exit(new Check(System.out).check(arguments[0], arguments.length == 2 ? JarFolder.jars(Path.of(arguments[1])) : classPath()));
		} catch (IOException e) {
			System.err.println("cannot check " + arguments[0] + ": " + PrivateFile.reason(e));
			System.exit(2);
		}
	}

	int check(String file, List<Path> jars) throws IOException {
		Path path = Path.of(file);
		if (!Files.isRegularFile(path)) {
			out.println(file + ": there is no such file");
			return 1;
		}
		JarFolder bundles = new JarFolder(jars);
		ClassLoader loader = loader(jars);
		Optional<ExpressionLanguage> language = language(bundles, loader);
		ConfigurationReader reader = new ConfigurationReader(
				bundles.schema(), language.orElse(null), System::getenv, Elsewhere.NOTHING.with(bundles.actions()));
		Reading examined = new Examination(checks(loader), bundles, new Places(reader.documents())).check(reader.read(path, file));
		Reading reading = new Surroundings(bundles.actions(), path, language.orElse(null)).check(examined);
		List<Finding> wrong = reading.wrong();
		Excerpt excerpt = new Excerpt();
		reading.findings().forEach(finding -> {
			out.println(wrong.contains(finding) ? finding : "warning: " + finding);
			out.print(excerpt.at(finding.at()));
		});
		if (language.isEmpty()) {
			out.println("warning: " + file + ": expressions are not checked, no bundle with the expression language is here");
		}
		if (wrong.isEmpty()) {
			out.println(file + ": ok (" + reading.summary() + ")");
		}
		return wrong.isEmpty() ? 0 : 1;
	}

	private static List<Path> classPath() {
		List<Path> jars = new ArrayList<>();
		for (String element : System.getProperty("java.class.path").split(File.pathSeparator)) {
			if (element.endsWith(".jar") && Files.isRegularFile(Path.of(element))) {
				jars.add(Path.of(element));
			}
		}
		return jars;
	}

	static ClassLoader loader(List<Path> jars) throws IOException {
		List<URL> urls = new ArrayList<>();
		for (Path jar : jars) {
			urls.add(jar.toUri().toURL());
		}
		return new URLClassLoader(urls.toArray(URL[]::new), Check.class.getClassLoader());
	}

	static List<SettingsCheck<?>> checks(ClassLoader loader) {
		List<SettingsCheck<?>> checks = new ArrayList<>();
		ServiceLoader.load(SettingsCheck.class, loader).forEach(checks::add);
		return checks;
	}

	/** The language that a bundle provides as a component, made without a framework: it needs nothing injected. */
	private static Optional<ExpressionLanguage> language(JarFolder bundles, ClassLoader loader) {
		if (bundles.languageClass().isEmpty()) {
			return Optional.empty();
		}
		try {
			Constructor<?> constructor = Class.forName(bundles.languageClass().get(), true, loader).getDeclaredConstructor();
			constructor.setAccessible(true);
			return Optional.of((ExpressionLanguage) constructor.newInstance());
		} catch (ReflectiveOperationException | LinkageError e) {
			return Optional.empty();
		}
	}
}
