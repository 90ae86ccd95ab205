package proxy.pem;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/**
 * Files for their owner only (mode 0600 in folders of mode 0700), replaced whole: a reader, also one after a crash, sees
 * the old content or the new, never a part. The new content waits in a file whose name begins with a dot and ends with
 * {@value #TEMPORARY} until it is on the disk.
 */
public final class PrivateFile {

	static final String TEMPORARY = ".gatehouse-tmp";

	private PrivateFile() {}

	/** Creates the folder, if it is not there. */
	public static void createFolder(Path folder) throws IOException {
		if (!Files.isDirectory(folder)) {
			Files.createDirectories(folder, mode(folder, "rwx------"));
		}
	}

	public static void write(Path file, byte[] content) throws IOException {
		Path folder = file.toAbsolutePath().getParent();
		Path temporary = folder.resolve("." + file.getFileName() + "." + UUID.randomUUID() + TEMPORARY);
		try {
			Set<StandardOpenOption> options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
			try (FileChannel channel = FileChannel.open(temporary, options, mode(folder, "rw-------"))) {
				ByteBuffer rest = ByteBuffer.wrap(content);
				while (rest.hasRemaining()) {
					channel.write(rest);
				}
				channel.force(true);
			}
			Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		} finally {
			Files.deleteIfExists(temporary);
		}
		sync(folder);
	}

	/** Opens a file that is there to be locked; made when it is missing, with its folder. */
	public static FileChannel lockable(Path file) throws IOException {
		createFolder(file.getParent());
		return FileChannel.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), mode(file.getParent(), "rw-------"));
	}

	/** Deletes what a crash left behind while {@link #write} was at work. */
	static void clean(Path folder) throws IOException {
		try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, ".*" + TEMPORARY)) {
			for (Path leftover : leftovers) {
				Files.deleteIfExists(leftover);
			}
		}
	}

	/** Makes renames and deletions durable, where the system lets a folder be opened. */
	static void sync(Path folder) {
		try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
			channel.force(true);
		} catch (IOException e) {
			// Not possible on this system: the order of writes is all there is.
			return;
		}
	}

	/** Why a file cannot be read or written, for people. */
	public static String reason(IOException e) {
		if (e instanceof AccessDeniedException denied) {
			return denied.getFile() + " may not be read or written by this user";
		}
		if (e instanceof NoSuchFileException missing) {
			return missing.getFile() + " is missing";
		}
		if (e instanceof FileAlreadyExistsException obstacle) {
			return obstacle.getFile() + " is in the way";
		}
		if (e instanceof FileSystemException failed && failed.getReason() != null) {
			return failed.getMessage();
		}
		return e.getMessage() + " (" + e.getClass().getSimpleName() + ")";
	}

	private static FileAttribute<?>[] mode(Path near, String permissions) {
		if (!near.getFileSystem().supportedFileAttributeViews().contains("posix")) {
			return new FileAttribute<?>[0];
		}
		return new FileAttribute<?>[] {
			PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
		};
	}
}
