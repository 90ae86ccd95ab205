package proxy.config.yaml;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Finds the configuration file: the one named, else {@code etc/gatehouse.yml} of the installation, else Pingoo's. */
final class ConfigurationFile {

	private final List<Path> candidates = new ArrayList<>();
	private final Path home;

	/** @param property a framework or system property, or null */
	ConfigurationFile(UnaryOperator<String> property) {
		String named = property.apply("gatehouse.config");
		String install = property.apply("gatehouse.home");
		home = Path.of(install == null ? "" : install).toAbsolutePath().normalize();
		if (named != null && !named.isBlank()) {
			candidates.add(Path.of(named).toAbsolutePath().normalize());
		} else {
			candidates.add(home.resolve("etc/gatehouse.yml"));
			candidates.add(Path.of("/etc/pingoo/pingoo.yml"));
		}
	}

	Optional<Path> find() {
		return candidates.stream().filter(Files::isRegularFile).findFirst();
	}

	/** The file's name for people: short when it belongs to the installation. */
	String shown(Path file) {
		return file.startsWith(home) ? home.relativize(file).toString() : file.toString();
	}

	/** Where a file was looked for. */
	@Override
	public String toString() {
		return String.join(", ", candidates.stream().map(this::shown).toList());
	}
}
