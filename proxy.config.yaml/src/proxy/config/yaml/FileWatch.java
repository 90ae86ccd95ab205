package proxy.config.yaml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Tells whether a configuration file, or a rule file beside it, is another one than before: by time, size and identity of
 * what the path leads to, through symbolic links. Looking is one or two system calls, so it is done five times a second: that
 * works alike for editors that rename, for bind mounts and for folders swapped by a link, where events do not.
 */
final class FileWatch {

	private record Look(Path file, Object key, long modified, long size) {}

	/** A second: editors may take a file away for a moment before they write it anew. */
	static final int MISSED_LOOKS = 5;

	private List<Look> seen = List.of();
	private int missed;

	/** Whether a file that was there is gone, and not just for a moment; true once. */
	boolean gone() {
		if (seen.isEmpty() || ++missed < MISSED_LOOKS) {
			return false;
		}
		seen = List.of();
		return true;
	}

	/** Whether anything is different from the last look. */
	boolean changed(Path file) {
		missed = 0;
		List<Look> now = look(file);
		if (now.isEmpty() || now.equals(seen)) {
			return false;
		}
		seen = now;
		return true;
	}

	private static List<Look> look(Path file) {
		try {
			List<Look> looks = new ArrayList<>(List.of(one(file)));
			for (Path rules : ConfigurationReader.rules(file)) {
				looks.add(one(rules));
			}
			return looks;
		} catch (IOException e) {
			return List.of();
		}
	}

	private static Look one(Path file) throws IOException {
		BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
		return new Look(file, attributes.fileKey(), attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS), attributes.size());
	}
}
