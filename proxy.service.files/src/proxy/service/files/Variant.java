package proxy.service.files;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * One form of a resource, ready to be sent. Immutable.
 *
 * @param file where it is, in its own name: no link
 * @param octets all of it, read-only, or null when it is read from the file; to be taken by slices
 * @param tag its entity tag, strong: of the octets, or of the file's time and size when it is too large to be kept
 * @param lastModified the file's time as fields have it
 */
record Variant(Coding coding, Path file, Stamp stamp, ByteBuffer octets, String tag, String lastModified) {

	/** @param octets never to be changed again */
	static Variant inMemory(Coding coding, Path file, Stamp stamp, ByteBuffer octets) {
		return of(coding, file, stamp, octets.asReadOnlyBuffer(), tag(octets.duplicate()));
	}

	static Variant onDisk(Coding coding, Path file, Stamp stamp) {
		return of(coding, file, stamp, null, stamp.tag(coding));
	}

	private static Variant of(Coding coding, Path file, Stamp stamp, ByteBuffer octets, String tag) {
		return new Variant(coding, file, stamp, octets, tag, HttpDate.format(stamp.modifiedSeconds()));
	}

	long length() {
		return octets == null ? stamp.size() : octets.capacity();
	}

	private static String tag(ByteBuffer octets) {
		try {
			MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
			sha256.update(octets);
			return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(sha256.digest(), 18)) + '"';
		} catch (NoSuchAlgorithmException impossible) {
			throw new IllegalStateException(impossible);
		}
	}
}
