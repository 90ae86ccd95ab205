package proxy.service.files;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import proxy.api.runtime.Problem;

/**
 * A site's configuration, checked.
 *
 * @param notFound the path of the page for what is not there, or null
 */
record Settings(
		String name,
		Path root,
		List<String> index,
		boolean htmlCompletion,
		RequestPath notFound,
		int notFoundStatus,
		String cacheControl,
		boolean compression,
		int compressionMinSize,
		int compressionMaxSize,
		List<Coding> precompressed,
		MediaTypes types,
		boolean nosniff,
		boolean hiddenFiles,
		Symlinks symlinks,
		int memoryFileSize,
		long recheckNanos) {

	/** A setting that cannot be. */
	static final class Refused extends IllegalArgumentException {

		private static final long serialVersionUID = 1L;

		private final transient Problem problem;

		private Refused(Problem problem) {
			super(problem.toString());
			this.problem = problem;
		}

		Problem problem() {
			return problem;
		}
	}

	/** The path of a site's settings in the configuration file. */
	static String setting(String name) {
		return "services." + name + ".static";
	}

	String setting() {
		return setting(name);
	}

	/** @param configurationFile beside which a relative root is looked for, or null */
	static Settings check(StaticConfig config, String configurationFile) {
		return new Check(setting(config.name())).settings(config, configurationFile);
	}

	private record Check(String setting) {

		Settings settings(StaticConfig config, String configurationFile) {
			return new Settings(
					config.name(),
					root(config.root(), configurationFile),
					index(config.index()),
					config.html_completion(),
					notFound(config.not_found_file()),
					status(config.not_found_status()),
					fieldValue("cache_control", config.cache_control()),
					config.compression(),
					config.compression_min_size(),
					config.compression_max_size(),
					precompressed(config.precompressed()),
					types(config),
					config.nosniff(),
					config.hidden_files(),
					symlinks(config.symlinks()),
					config.memory_file_size(),
					config.recheck_ms() * 1_000_000L);
		}

		private Path root(String text, String configurationFile) {
			if (text == null || text.isBlank()) {
				throw refused("root", "a static site needs a folder");
			}
			try {
				Path root = Path.of(text.strip());
				return configurationFile == null
						? root.toAbsolutePath().normalize()
						: Path.of(configurationFile).toAbsolutePath().resolveSibling(root).normalize();
			} catch (InvalidPathException no) {
				throw refused("root", "'" + text + "' is no path: " + no.getReason());
			}
		}

		private List<String> index(String[] names) {
			for (String name : names) {
				if (name.isBlank() || name.contains("/") || name.contains("\\") || name.equals("..") || name.equals(".")) {
					throw refused("index", "'" + name + "' is no file name");
				}
			}
			return List.of(names);
		}

		private RequestPath notFound(String file) {
			if (file == null || file.isBlank()) {
				return null;
			}
			RequestPath path = RequestPath.ofNames(file.strip().replaceFirst("^/+", ""));
			if (path == null || path.folder()) {
				throw refused("not_found.file", "'" + file + "' is no path of a file below root");
			}
			return path;
		}

		private int status(int status) {
			if (status != 200 && (status < 400 || status > 599)) {
				throw refused("not_found.status", "is " + status + ", it must be 200, or from 400 to 599");
			}
			return status;
		}

		private String fieldValue(String name, String value) {
			if (value.chars().anyMatch(c -> c < ' ' || c > '~')) {
				throw refused(name, "may have visible ASCII characters and blanks only");
			}
			return value.strip();
		}

		private List<Coding> precompressed(String[] tokens) {
			List<Coding> codings = new ArrayList<>();
			for (String token : tokens) {
				Coding coding = Coding.of(token);
				if (coding == null || coding == Coding.IDENTITY) {
					throw refused("precompressed", "'" + token + "' is none of br, zstd, gzip");
				}
				codings.add(coding);
			}
			return List.copyOf(codings);
		}

		private MediaTypes types(StaticConfig config) {
			String charset = fieldValue("charset", config.charset());
			try {
				return MediaTypes.with(List.of(config.types()), charset);
			} catch (IllegalArgumentException wrong) {
				throw refused("types", wrong.getMessage());
			}
		}

		private Symlinks symlinks(String word) {
			try {
				return Symlinks.valueOf(word.strip().toUpperCase(Locale.ROOT));
			} catch (IllegalArgumentException unknown) {
				throw refused("symlinks", "'" + word + "' is none of inside, never, anywhere");
			}
		}

		private Refused refused(String attribute, String reason) {
			return new Refused(new Problem(setting + "." + attribute, reason));
		}
	}
}
