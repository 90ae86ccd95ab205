import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

/** A digest of everything that a result was made from, kept beside the result. */
final class Inputs {

	private final MessageDigest digest;
	private String value;

	Inputs() {
		try {
			digest = MessageDigest.getInstance("SHA-256");
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException(e);
		}
	}

	/** Files that people edit: name, size and time are enough. */
	void files(Collection<Path> files) throws IOException {
		for (Path file : files) text(file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file));
	}

	/** Jars and class folders: the content of those made here counts, so that a rebuild to the same bytes changes nothing. */
	void jars(Collection<Path> jars) throws IOException {
		for (Path jar : jars) {
			text(jar.toString());
			if (jar.getParent().endsWith("generated")) digest.update(Files.readAllBytes(jar));
		}
	}

	void text(String text) {
		digest.update(text.getBytes(StandardCharsets.UTF_8));
		digest.update((byte) 0);
	}

	void content(Path file) throws IOException {
		digest.update(Files.readAllBytes(file));
	}

	String value() {
		if (value == null) value = HexFormat.of().formatHex(digest.digest());
		return value;
	}

	boolean same(Path stamp) throws IOException {
		return read(stamp).equals(value());
	}

	void remember(Path stamp) throws IOException {
		Files.createDirectories(stamp.getParent());
		Files.writeString(stamp, value());
	}

	static String read(Path stamp) throws IOException {
		return Files.exists(stamp) ? Files.readString(stamp) : "";
	}
}
