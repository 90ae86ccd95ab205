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
 * what the path leads to, through symbolic links. Looking is one or two system calls, so it is done twice a second: that
 * works alike for editors that rename, for bind mounts and for folders swapped by a link, where events do not.
 */
final class FileWatch {

	private record Look(Path file, Object key, long modified, long size) {}

	private List<Look> seen = List.of();

	/** Whether anything is different from the last look; that the file is missing is no difference. */
	boolean changed(Path file) {
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
