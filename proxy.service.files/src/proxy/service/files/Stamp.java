package proxy.service.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/**
 * What tells one state of a file from another without reading it.
 *
 * @param modified in nanoseconds since 1970
 * @param file the file itself (device and inode), whatever its name; null where the system has no such thing
 */
record Stamp(long size, long modified, Object file) {

	static Stamp of(BasicFileAttributes attributes) {
		return new Stamp(
				attributes.size(), attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS), attributes.fileKey());
	}

	/** Of a file that is no link. */
	static Stamp of(Path file) throws IOException {
		return of(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
	}

	long modifiedSeconds() {
		return Math.floorDiv(modified, 1_000_000_000L);
	}

	/** Whether it is this same file that was written to, not another one that has got its name. */
	boolean writtenTo(Stamp later) {
		return !equals(later) && (file == null || file.equals(later.file));
	}

	/** An entity tag for content that is not read to make one. */
	String tag(Coding coding) {
		String form = coding == Coding.IDENTITY ? "" : "-" + coding.token();
		return '"' + Long.toHexString(modified) + '-' + Long.toHexString(size) + form + '"';
	}
}
