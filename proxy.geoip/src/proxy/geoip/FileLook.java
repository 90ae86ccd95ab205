package proxy.geoip;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;

/**
 * What a glance shows of a file; two that are equal mean that it has not changed.
 *
 * @param file null when there is none
 * @param key says which file it is (an inode), or null
 */
record FileLook(Path file, FileTime modified, long size, Object key) {

	/** At the first that is there. */
	static FileLook at(List<Path> files) {
		for (Path file : files) {
			try {
				BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
				return new FileLook(file, attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
			} catch (IOException e) {
				// not this one
			}
		}
		return new FileLook(null, null, 0, null);
	}
}
