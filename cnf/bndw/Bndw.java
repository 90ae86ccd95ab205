import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import aQute.bnd.build.Project;
import aQute.bnd.build.Workspace;
import aQute.bnd.osgi.Constants;

/** The verbs of {@code ./bndw} that need bnd: build, test, dist, resolve. One JVM does all of it; only tests run in others. */
public final class Bndw {

	private final Workspace workspace;
	private final Path root;
	private final Compiler compiler;

	private Bndw(Path root) throws Exception {
		this.root = root;
		Workspace.setDriver(Constants.BNDDRIVER_BND);
		workspace = Workspace.getWorkspace(root.toFile());
		compiler = new Compiler(root);
	}

	public static void main(String[] arguments) {
		List<String> words = List.of(arguments);
		int exit;
		try {
			exit = new Bndw(Path.of("").toAbsolutePath()).run(words.get(0), words.subList(1, words.size()));
		} catch (Failure e) {
			System.err.println("bndw: " + e.getMessage());
			exit = 1;
		} catch (Exception e) {
			e.printStackTrace();
			exit = 1;
		}
		System.out.flush();
		System.exit(exit); // bnd leaves threads behind
	}

	private int run(String verb, List<String> names) throws Exception {
		Report.check(workspace, "the workspace");
		switch (verb) {
		case "build" -> build(names.isEmpty() ? all() : named(names));
		case "resolve" -> {
			build(all());
			new Resolution(workspace, root).resolve(root.resolve("proxy.app/gatehouse.bndrun"));
		}
		case "dist" -> {
			build(all());
			new Product(workspace, root).dist();
		}
		case "test" -> {
			return test(names);
		}
		default -> throw new Failure("unknown verb '" + verb + "'");
		}
		return 0;
	}

	private int test(List<String> names) throws Exception {
		Tests tests = new Tests(root, compiler, workspace);
		List<String> projects = names.stream().map(name -> name.replaceFirst(":.*", "")).toList();
		Collection<Project> tested = names.isEmpty() ? all() : named(projects);
		build(tested);
		if (tested.stream().anyMatch(Tests::needsProduct)) {
			build(all());
			new Product(workspace, root).dist();
		}
		for (Project project : new LinkedHashSet<>(tested)) {
			List<String> only = names.stream().filter(name -> name.startsWith(project.getName() + ":"))
				.map(name -> name.substring(name.indexOf(':') + 1)).toList();
			tests.run(project, only);
		}
		return tests.end() ? 0 : 1;
	}

	private void build(Collection<Project> projects) throws Exception {
		for (Project project : withDependencies(projects)) compiler.build(project);
	}

	private Collection<Project> all() throws Exception {
		return workspace.getBuildOrder();
	}

	private List<Project> named(List<String> names) {
		List<Project> projects = new ArrayList<>();
		for (String name : names) {
			Project project = workspace.getProject(name.replaceFirst("/$", ""));
			if (project == null) throw new Failure("there is no project '" + name + "' here");
			projects.add(project);
		}
		return projects;
	}

	/** The projects, each after those it depends on. */
	private static Set<Project> withDependencies(Collection<Project> projects) throws Exception {
		Set<Project> ordered = new LinkedHashSet<>();
		for (Project project : projects) add(project, ordered, new LinkedHashSet<>());
		return ordered;
	}

	private static void add(Project project, Set<Project> ordered, Set<Project> parents) throws Exception {
		if (ordered.contains(project)) return;
		if (!parents.add(project)) throw new Failure("projects depend on each other in a circle: " + parents);
		for (Project dependency : project.getDependson()) add(dependency, ordered, parents);
		parents.remove(project);
		ordered.add(project);
	}
}
