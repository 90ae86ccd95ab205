package proxy.service.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Which file a path leads to. On threads that may block. */
final class Site {

	/** What a path leads to. */
	sealed interface Look {}

	record Found(Resource resource) implements Look {}

	/** It is there under the same path with a slash at the end, or without one. */
	record Moved(boolean toFolder) implements Look {}

	record Missing() implements Look {}

	private static final Look MISSING = new Missing();

	private final Settings settings;
	private final SiteProblems problems;

	Site(Settings settings, SiteProblems problems) {
		this.settings = settings;
		this.problems = problems;
	}

	Settings settings() {
		return settings;
	}

	SiteProblems problems() {
		return problems;
	}

	/** @throws AccessDeniedException when the operating system says no */
	Look look(RequestPath path) throws IOException {
		Path realRoot = realRoot();
		if (realRoot == null || path.hidden() && !settings.hiddenFiles()) {
			return MISSING;
		}
		try {
			return look(realRoot, path);
		} catch (InvalidPathException noName) {
			return MISSING;
		}
	}

	/** Where the root is now: it may be a link that is moved at every deployment. */
	private Path realRoot() throws IOException {
		try {
			Path real = settings.root().toRealPath();
			if (Files.isDirectory(real)) {
				problems.gone("root");
				return real;
			}
		} catch (AccessDeniedException denied) {
			throw denied;
		} catch (FileSystemException noFolder) {
			// said below
		}
		problems.are("root", "there is no folder " + settings.root());
		return null;
	}

	private Look look(Path realRoot, RequestPath path) throws IOException {
		Path file = realRoot;
		for (String name : path.names()) {
			file = file.resolve(name);
		}
		BasicFileAttributes attributes = attributes(realRoot, file);
		if (attributes != null && attributes.isDirectory()) {
			for (String name : settings.index()) {
				Look index = found(realRoot, file.resolve(name));
				if (index != MISSING) {
					return path.folder() ? index : new Moved(true);
				}
			}
		} else if (attributes != null && attributes.isRegularFile()) {
			Look found = found(realRoot, file);
			return found != MISSING && path.folder() ? new Moved(false) : found;
		}
		String page = settings.htmlCompletion() && !path.names().isEmpty() ? file.getFileName() + ".html" : "";
		if (RequestPath.isName(page)) {
			Look completed = found(realRoot, file.resolveSibling(page));
			return completed != MISSING && path.folder() ? new Moved(false) : completed;
		}
		return MISSING;
	}

	private Look found(Path realRoot, Path file) throws IOException {
		BasicFileAttributes attributes = attributes(realRoot, file);
		if (attributes == null || !attributes.isRegularFile()) {
			return MISSING;
		}
		Path real = file.toRealPath();
		if (!settings.symlinks().permit(realRoot, real, file)) {
			return MISSING;
		}
		long now = System.nanoTime();
		Stamp stamp = Stamp.of(attributes);
		String contentType = settings.types().of(file.getFileName().toString());
		Map<Coding, Stamp> siblings = new EnumMap<>(Coding.class);
		List<Coding> offered = new ArrayList<>();
		for (Coding coding : settings.precompressed()) {
			Stamp sibling = sibling(real, coding, stamp);
			if (sibling != null) {
				siblings.put(coding, sibling);
				offered.add(coding);
			}
		}
		if (!offered.contains(Coding.GZIP) && worthCompressing(stamp.size(), contentType)) {
			offered.add(Coding.GZIP);
		}
		offered.add(Coding.IDENTITY);
		return new Found(new Resource(real, stamp, contentType, siblings, List.copyOf(offered), now));
	}

	private boolean worthCompressing(long size, String contentType) {
		return settings.compression()
				&& size >= settings.compressionMinSize()
				&& size <= settings.compressionMaxSize()
				&& size > 0
				&& MediaTypes.compressible(contentType);
	}

	/** The compressed form beside a file, or null; one that is older than the file is of what the file was before. */
	private static Stamp sibling(Path real, Coding coding, Stamp original) throws IOException {
		try {
			Path sibling = sibling(real, coding);
			BasicFileAttributes attributes = Files.readAttributes(sibling, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
			Stamp stamp = Stamp.of(attributes);
			return attributes.isRegularFile() && stamp.modifiedSeconds() >= original.modifiedSeconds() ? stamp : null;
		} catch (FileSystemException none) {
			return null;
		}
	}

	static Path sibling(Path file, Coding coding) {
		return coding == Coding.IDENTITY ? file : file.resolveSibling(file.getFileName() + coding.suffix());
	}

	/** Null when there is no such file. */
	private static BasicFileAttributes attributes(Path realRoot, Path file) throws IOException {
		try {
			return Files.readAttributes(file, BasicFileAttributes.class);
		} catch (NoSuchFileException missing) {
			return null;
		} catch (AccessDeniedException denied) {
			throw denied;
		} catch (FileSystemException other) {
			// below a file there is nothing; the system's own word for that is not for programs
			for (Path above = file.getParent(); above.startsWith(realRoot) && !above.equals(realRoot); above = above.getParent()) {
				if (Files.isRegularFile(above)) {
					return null;
				}
			}
			if (Symlinks.areEndless(file)) {
				return null;
			}
			throw other;
		}
	}
}
