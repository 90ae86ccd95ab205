package proxy.service.files;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * One form of a resource, ready to be sent. Immutable.
 *
 * @param file where it is, in its own name: no link
 * @param octets all of it, or null when it is read from the file
 * @param tag its entity tag, strong: of the octets, or of the file's time and size when it is too large to be kept
 */
record Variant(Coding coding, Path file, Stamp stamp, byte[] octets, String tag) {

	static Variant inMemory(Coding coding, Path file, Stamp stamp, byte[] octets) {
		return new Variant(coding, file, stamp, octets, tag(octets));
	}

	static Variant onDisk(Coding coding, Path file, Stamp stamp) {
		return new Variant(coding, file, stamp, null, stamp.tag(coding));
	}

	long length() {
		return octets == null ? stamp.size() : octets.length;
	}

	private static String tag(byte[] octets) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(octets);
			return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, 18)) + '"';
		} catch (NoSuchAlgorithmException impossible) {
			throw new IllegalStateException(impossible);
		}
	}
}
