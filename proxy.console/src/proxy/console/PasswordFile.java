package proxy.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The password in a file that only its owner can read, as text: whoever runs the gateway can look it up at night, and
 * change it by editing the file.
 */
final class PasswordFile {

	private static final Logger LOG = LoggerFactory.getLogger(PasswordFile.class);
	private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

	private final Path file;
	private FileTime seen;
	private String password;

	PasswordFile(Path file) {
		this.file = file;
	}

	Path path() {
		return file;
	}

	/** The password in the file as it is now; null when the file is not there or says nothing. */
	synchronized String read() throws IOException {
		if (!Files.exists(file)) {
			password = null;
			seen = null;
			return null;
		}
		FileTime modified = Files.getLastModifiedTime(file);
		if (!modified.equals(seen)) {
			protect();
			String text = Files.readString(file, StandardCharsets.UTF_8).strip();
			password = text.isEmpty() ? null : text;
			seen = modified;
		}
		return password;
	}

	/** Writes all or nothing: beside the file first, then in its place. */
	synchronized void write(String newPassword) throws IOException {
		Path folder = file.toAbsolutePath().getParent();
		Files.createDirectories(folder);
		Path fresh = Files.createTempFile(folder, file.getFileName().toString(), null, ownerOnly(folder));
		try {
			Files.writeString(fresh, newPassword + "\n");
			Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		} finally {
			Files.deleteIfExists(fresh);
		}
		seen = null;
	}

	private void protect() throws IOException {
		PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
		if (view != null && !OWNER_ONLY.containsAll(view.readAttributes().permissions())) {
			LOG.atWarn().addKeyValue("file", file).log("console: others could read the password file; not any more");
			view.setPermissions(OWNER_ONLY);
		}
	}

	private static FileAttribute<?>[] ownerOnly(Path folder) throws IOException {
		FileStore store = Files.getFileStore(folder);
		return store.supportsFileAttributeView(PosixFileAttributeView.class)
				? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
				: new FileAttribute<?>[0];
	}
}
