import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Which of Java's modules a runtime for the bundles of a folder has to have: those of the packages that they import, and
 * those that nobody imports.
 */
public final class Modules {

	/** EC keys, TCP keep-alive options, Unsafe for Conscrypt and the like, jcmd for the operator. */
	private static final List<String> UNSEEN = List.of("jdk.crypto.ec", "jdk.net", "jdk.unsupported", "jdk.jcmd");

	private Modules() {}

	/** Prints the names, separated by commas. */
	public static void main(String[] arguments) throws IOException {
		Map<String, String> packages = new HashMap<>();
		for (ModuleReference module : ModuleFinder.ofSystem().findAll()) {
			ModuleDescriptor descriptor = module.descriptor();
			descriptor.exports().stream().filter(exported -> !exported.isQualified())
					.forEach(exported -> packages.put(exported.source(), descriptor.name()));
		}
		TreeSet<String> needed = new TreeSet<>(List.of("java.base"));
		UNSEEN.stream().filter(name -> ModuleFinder.ofSystem().find(name).isPresent()).forEach(needed::add);
		try (Stream<Path> bundles = Files.list(Path.of(arguments[0]))) {
			for (Path bundle : bundles.filter(file -> file.toString().endsWith(".jar")).toList()) {
				try (JarFile jar = new JarFile(bundle.toFile())) {
					String imports = jar.getManifest().getMainAttributes().getValue("Import-Package");
					if (imports != null) {
						// a comma in quotes separates versions, not packages
						Stream.of(imports.replaceAll("\"[^\"]*\"", "").split(","))
								.filter(clause -> !clause.contains("resolution:=optional"))
								.map(clause -> packages.get(clause.replaceFirst(";.*", "").strip()))
								.filter(module -> module != null)
								.forEach(needed::add);
					}
				}
			}
		}
		System.out.println(String.join(",", needed));
	}
}
