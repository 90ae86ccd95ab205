package proxy.service.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import proxy.fixtures.RecordedRuntime;

/** Sites for tests, and files in them. */
final class Sites {

	final RecordedRuntime runtime = new RecordedRuntime();
	private final Path root;
	private boolean hiddenFiles;
	private boolean htmlCompletion = true;
	private Symlinks symlinks = Symlinks.INSIDE;
	private RequestPath notFound;
	private int memoryFileSize = 10_000;

	Sites(Path root) {
		this.root = root;
	}

	Sites hiddenFiles() {
		hiddenFiles = true;
		return this;
	}

	Sites noHtmlCompletion() {
		htmlCompletion = false;
		return this;
	}

	Sites symlinks(Symlinks which) {
		symlinks = which;
		return this;
	}

	Sites notFound(String file) {
		notFound = RequestPath.ofNames(file);
		return this;
	}

	Sites memoryFileSize(int octets) {
		memoryFileSize = octets;
		return this;
	}

	Site site() {
		Settings settings = new Settings("web", root, List.of("index.html", "index.htm"), htmlCompletion, notFound, 404, "no-cache", true,
				100, 50_000, List.of(Coding.BROTLI, Coding.ZSTD, Coding.GZIP), MediaTypes.with(List.of(), "utf-8"), true, hiddenFiles,
				symlinks, memoryFileSize, 0);
		return new Site(settings, new SiteProblems(runtime, settings.setting()));
	}

	/** Writes a file that has not been touched for a while, with the folders above it. */
	static Path write(Path file, String content) throws IOException {
		return write(file, content, Instant.parse("2024-02-29T12:00:00.123456Z"));
	}

	static Path write(Path file, String content, Instant modified) throws IOException {
		Files.createDirectories(file.getParent());
		Files.writeString(file, content);
		return Files.setLastModifiedTime(file, FileTime.from(modified));
	}
}
