package proxy.geoip;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import proxy.api.runtime.GatewayRuntime;
import proxy.api.runtime.Problem;

/** The setting {@code geoip.files} as paths. */
final class Paths {

	private final GatewayRuntime runtime;
	private final String configurationFile;

	/** @param configurationFile beside which a relative path is looked for, or null */
	Paths(GatewayRuntime runtime, String configurationFile) {
		this.runtime = runtime;
		this.configurationFile = configurationFile;
	}

	/** @throws IllegalArgumentException when one is no path, which has been reported */
	List<Path> configured(String[] files) {
		runtime.clear(Databases.SETTING);
		List<Path> paths = new ArrayList<>();
		for (String file : files) {
			if (!file.isBlank()) {
				paths.add(path(file.strip()));
			}
		}
		return paths;
	}

	private Path path(String name) {
		try {
			Path path = Path.of(name);
			return configurationFile == null ? path : Path.of(configurationFile).toAbsolutePath().resolveSibling(path);
		} catch (InvalidPathException e) {
			Problem problem = new Problem(Databases.SETTING, "'" + name + "' is no path");
			runtime.report(problem);
			throw new IllegalArgumentException(problem.toString(), e);
		}
	}
}
