import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

import org.osgi.service.resolver.ResolutionException;

import aQute.bnd.build.Project;
import aQute.bnd.build.Workspace;
import biz.aQute.resolve.Bndrun;
import biz.aQute.resolve.ResolveProcess;

/** Keeps the {@code -runbundles} of .bndrun files in step with their {@code -runrequires} and the bundles there are. */
final class Resolution {

	private static final List<String> WIRING = List.of("Bundle-SymbolicName", "Bundle-Version", "Import-Package", "Export-Package",
		"Require-Capability", "Provide-Capability", "Require-Bundle", "Fragment-Host");

	private final Workspace workspace;
	private final Path root;

	Resolution(Workspace workspace, Path root) {
		this.workspace = workspace;
		this.root = root;
	}

	/** Opens the file, resolved if anything changed that matters. */
	Bndrun resolved(Path file) throws Exception {
		Path stamp = file.resolveSibling("generated").resolve(file.getFileName() + ".resolved");
		if (!inputs(file).same(stamp)) resolve(file);
		return open(file);
	}

	/** Computes the bundles again and writes them into the file. */
	void resolve(Path file) throws Exception {
		System.err.printf("%-24s resolving %s%n", file.getParent().getFileName(), file.getFileName());
		String before = Files.readString(file);
		FileTime time = Files.getLastModifiedTime(file);
		try (Bndrun run = open(file)) {
			run.resolve(false, true);
			Report.check(run, run.getName());
		} catch (ResolutionException e) {
			throw new Failure("the bundles of " + root.relativize(file) + " do not fit together:\n"
				+ ResolveProcess.format(e, false));
		}
		if (Files.readString(file).equals(before)) Files.setLastModifiedTime(file, time);
		inputs(file).remember(file.resolveSibling("generated").resolve(file.getFileName() + ".resolved"));
	}

	private Bndrun open(Path file) throws Exception {
		Bndrun run = Bndrun.createBndrun(workspace, file.toFile());
		run.prepare();
		Report.check(run, run.getName());
		return run;
	}

	/** What decides the outcome: the file, the artefacts to choose from, and our own bundles as far as wiring goes. */
	private Inputs inputs(Path file) throws Exception {
		Inputs inputs = new Inputs();
		inputs.text(Files.readString(file));
		inputs.text(Files.readString(root.resolve("cnf/runtime.mvn")));
		inputs.text(Files.readString(root.resolve("cnf/test.mvn")));
		TreeMap<String, File> jars = new TreeMap<>();
		for (Project project : workspace.getAllProjects()) {
			File[] built = project.isNoBundles() ? null : project.getBuildFiles(false);
			if (built != null) for (File jar : built) jars.put(jar.getName(), jar);
		}
		for (File jar : jars.values()) {
			try (JarFile bundle = new JarFile(jar)) {
				Attributes manifest = bundle.getManifest().getMainAttributes();
				for (String header : WIRING) inputs.text(header + manifest.getValue(header));
			}
		}
		return inputs;
	}
}
