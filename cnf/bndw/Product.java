import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

import aQute.bnd.build.Container;
import aQute.bnd.build.Workspace;
import biz.aQute.resolve.Bndrun;

/** Puts the product together: {@code dist/gatehouse/} and the same as an archive. */
final class Product {

	private final Workspace workspace;
	private final Path root;
	private final Path app;
	private final Resolution resolution;

	Product(Workspace workspace, Path root) {
		this.workspace = workspace;
		this.root = root;
		app = root.resolve("proxy.app");
		resolution = new Resolution(workspace, root);
	}

	void dist() throws Exception {
		Collection<Container> bundles;
		try (Bndrun run = resolution.resolved(app.resolve("gatehouse.bndrun"))) {
			bundles = Container.flatten(run.getRunbundles());
			Report.check(run, run.getName());
		}

		String version = workspace.getProperty("Bundle-Version");
		Path staged = app.resolve("generated/layout");
		Trees.empty(staged);
		for (String folder : List.of("bin", "bundle", "conf", "etc", "load")) Files.createDirectories(staged.resolve(folder));
		copy(app.resolve("layout"), staged);
		Files.copy(root.resolve("LICENSE"), staged.resolve("LICENSE"));
		Files.writeString(staged.resolve("VERSION"), version + "\n");
		Files.copy(Artefacts.find(root, "/org.apache.felix.main/"), staged.resolve("bin/felix.jar"));
		for (Container bundle : bundles) {
			if (bundle.getError() != null) throw new Failure("gatehouse.bndrun: " + bundle.getError());
			Files.copy(bundle.getFile().toPath(), staged.resolve("bundle").resolve(name(bundle.getFile())));
		}

		Path dist = root.resolve("dist");
		Path target = dist.resolve("gatehouse");
		install(staged, target);
		Path archive = dist.resolve("gatehouse-" + version + ".tar.gz");
		Tar.write(staged, "gatehouse-" + version, archive);
		System.err.printf("%-24s dist/gatehouse/ and %s, %d bundles, %.1f MB%n", "proxy.app", root.relativize(archive), bundles.size(),
			Files.size(archive) / 1e6);
	}

	/** Bundles are named alike, whatever the repository calls them: symbolic name and version. */
	private static String name(File jar) throws IOException {
		try (JarFile bundle = new JarFile(jar)) {
			Attributes manifest = bundle.getManifest().getMainAttributes();
			return manifest.getValue("Bundle-SymbolicName").replaceFirst(";.*", "").strip() + "-" + manifest.getValue("Bundle-Version") + ".jar";
		}
	}

	/**
	 * Renews an installed layout. What its user made stays: data/, load/, and files below etc/ and conf/ that differ from what
	 * the last build put there.
	 */
	private void install(Path staged, Path target) throws IOException {
		Path record = app.resolve("generated/installed");
		Map<String, String> before = new TreeMap<>();
		if (Files.exists(record)) for (String line : Files.readAllLines(record)) before.put(line.substring(65), line.substring(0, 64));
		Map<String, String> now = new TreeMap<>();
		Trees.delete(target.resolve("bundle"));
		Trees.delete(target.resolve("bin"));
		for (String folder : List.of("bin", "bundle", "conf", "etc", "load")) Files.createDirectories(target.resolve(folder));
		for (Path source : Trees.files(staged)) {
			String name = staged.relativize(source).toString();
			Path file = target.resolve(name);
			String digest = digest(source);
			now.put(name, digest);
			if ((name.startsWith("etc/") || name.startsWith("conf/")) && Files.exists(file)) {
				String there = digest(file);
				if (!there.equals(digest) && !there.equals(before.get(name))) {
					System.err.println("kept dist/gatehouse/" + name + ": it was changed there");
					continue;
				}
			}
			Files.createDirectories(file.getParent());
			Files.copy(source, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
		}
		StringBuilder lines = new StringBuilder();
		now.forEach((name, digest) -> lines.append(digest).append(' ').append(name).append('\n'));
		Files.writeString(record, lines);
	}

	private static String digest(Path file) throws IOException {
		Inputs digest = new Inputs();
		digest.content(file);
		return digest.value();
	}

	private static void copy(Path from, Path to) throws IOException {
		for (Path source : Trees.files(from)) {
			Path file = to.resolve(from.relativize(source).toString());
			Files.createDirectories(file.getParent());
			Files.copy(source, file, StandardCopyOption.COPY_ATTRIBUTES);
		}
	}
}
