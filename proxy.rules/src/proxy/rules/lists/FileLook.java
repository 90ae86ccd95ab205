package proxy.rules.lists;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * What a glance at a file shows; two that are equal mean that it has not changed.
 *
 * @param key says which file it is (an inode), or null
 */
record FileLook(boolean exists, FileTime modified, long size, Object key) {

	static FileLook at(Path file) {
		try {
			BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
			return new FileLook(true, attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
		} catch (IOException e) {
			return new FileLook(false, null, 0, null);
		}
	}
}
