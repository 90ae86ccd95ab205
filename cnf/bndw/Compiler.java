import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import javax.tools.Diagnostic;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import aQute.bnd.build.Container;
import aQute.bnd.build.Project;

/**
 * Compiles and packs a project, unless it did so for the very same inputs: the sources, the bnd files and the class path.
 * A project is compiled as a whole, into an emptied folder, so that no stale class is ever packed.
 */
final class Compiler {

	private final JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
	private final Path root;
	private final List<Path> shared;

	Compiler(Path root) throws IOException {
		this.root = root;
		try (Stream<Path> files = Files.walk(root.resolve("cnf"), 2)) {
			shared = Stream.concat(Stream.of(root.resolve("bnd.bnd")), files.filter(file -> file.toString().matches(".*\\.(bnd|mvn)")))
				.sorted().toList();
		}
	}

	/** Compiles {@code src/} and packs the bundle. */
	void build(Project project) throws Exception {
		project.prepare();
		Report.check(project, project.getName());
		Path home = project.getBase().toPath();
		Path classes = project.getOutput().toPath();
		List<Path> path = paths(project.getBuildpath());

		Inputs inputs = new Inputs();
		inputs.files(shared);
		inputs.files(ownFiles(home));
		inputs.jars(path);
		Path stamp = home.resolve("generated/built");
		if (inputs.same(stamp) && packed(project)) return;

		if (!Trees.files(home.resolve("src")).isEmpty()) say(project, "compiling");
		Trees.empty(classes);
		compile(project, home.resolve("src"), classes, path);
		if (!project.isNoBundles()) {
			File[] jars = project.buildLocal(false);
			Report.check(project, project.getName());
			for (File jar : jars) jar.setLastModified(System.currentTimeMillis());
		}
		inputs.remember(stamp);
	}

	/** Compiles {@code test/}, and returns the class path to run the tests on. */
	List<Path> buildTests(Project project) throws Exception {
		Path home = project.getBase().toPath();
		Path classes = project.getTestOutput().toPath();
		Set<Path> path = new LinkedHashSet<>();
		path.add(project.getOutput().toPath());
		path.addAll(paths(project.getBuildpath()));
		path.addAll(paths(project.getTestpath()));

		Inputs inputs = new Inputs();
		inputs.files(shared);
		inputs.files(Trees.files(home.resolve("test")));
		inputs.text(Inputs.read(home.resolve("generated/built")));
		inputs.jars(path);
		Path stamp = home.resolve("generated/tests-built");
		if (!inputs.same(stamp)) {
			say(project, "compiling tests");
			Trees.empty(classes);
			compile(project, home.resolve("test"), classes, path);
			inputs.remember(stamp);
		}
		List<Path> all = new ArrayList<>();
		all.add(classes);
		all.addAll(path);
		return all;
	}

	private void compile(Project project, Path sources, Path classes, Collection<Path> path) throws IOException {
		List<Path> files = Trees.files(sources);
		List<Path> java = files.stream().filter(file -> file.toString().endsWith(".java")).toList();
		for (Path file : files) {
			if (java.contains(file)) continue;
			Path target = classes.resolve(sources.relativize(file));
			Files.createDirectories(target.getParent());
			Files.copy(file, target);
		}
		if (java.isEmpty()) return;
		// a text put together by StringBuilder needs no code made for it at the start
		List<String> options = List.of("-XDstringConcat=inline", "--release", project.getProperty("javac.release", "17"), "-encoding", "UTF-8", "-g", "-parameters",
			"-proc:none", "-Xlint:cast,deprecation,divzero,empty,fallthrough,finally,overrides,rawtypes,removal,static,unchecked,varargs",
			"-classpath", String.join(File.pathSeparator, path.stream().map(Path::toString).toList()), "-d", classes.toString());
		try (StandardJavaFileManager manager = javac.getStandardFileManager(null, null, null)) {
			boolean compiled = javac.getTask(null, manager, this::print, options, null, manager.getJavaFileObjectsFromPaths(java)).call();
			if (!compiled) throw new Failure(root.relativize(sources) + " does not compile");
		}
	}

	private void print(Diagnostic<? extends JavaFileObject> message) {
		// Annotations of libraries may name classes that are not on the class path. That harms nobody.
		if (message.getCode().contains("unknown.enum.constant") || message.getCode().contains("annotation.method.not.found")) return;
		String text = message.toString();
		System.err.println(text.startsWith(root + "/") ? text.substring(root.toString().length() + 1) : text);
	}

	private static boolean packed(Project project) throws Exception {
		if (project.isNoBundles()) return true;
		File[] jars = project.getBuildFiles(false);
		if (jars == null || jars.length == 0) return false;
		return Stream.of(jars).allMatch(File::isFile);
	}

	private static List<Path> ownFiles(Path home) throws IOException {
		return Trees.files(home).stream().filter(file -> {
			String first = home.relativize(file).getName(0).toString();
			return !Set.of("generated", "bin", "bin_test", "test", "layout").contains(first);
		}).toList();
	}

	static List<Path> paths(Collection<Container> containers) throws Exception {
		List<Path> paths = new ArrayList<>();
		for (Container container : Container.flatten(containers)) {
			if (container.getError() != null) throw new Failure(container.getProject() + ": " + container.getError());
			paths.add(container.getFile().toPath());
		}
		return paths;
	}

	private static void say(Project project, String what) {
		System.err.printf("%-24s %s%n", project.getName(), what);
	}
}
