package proxy.log.access;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.LongSupplier;

/** Appends to a file; makes it anew when it was moved away or deleted, as log rotation does. */
final class FileSink implements Sink {

	private static final long LOOK_NANOS = 1_000_000_000;

	private final Path path;
	private final LongSupplier nanos;
	private FileChannel channel;
	private Object fileKey;
	private long lookedAt;

	FileSink(Path path, LongSupplier nanos) {
		this.path = path;
		this.nanos = nanos;
	}

	@Override
	public void prepare() throws IOException {
		long now = nanos.getAsLong();
		if (channel != null && now - lookedAt < LOOK_NANOS) {
			return;
		}
		lookedAt = now;
		if (channel != null && !isStillThere()) {
			close();
		}
		if (channel == null) {
			open();
		}
	}

	private boolean isStillThere() throws IOException {
		try {
			Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
			return key == null || key.equals(fileKey);
		} catch (NoSuchFileException moved) {
			return false;
		}
	}

	private void open() throws IOException {
		Files.createDirectories(path.getParent());
		FileAttribute<?>[] mode = Files.getFileStore(path.getParent()).supportsFileAttributeView("posix")
				? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"))}
				: new FileAttribute<?>[0];
		channel = FileChannel.open(
				path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND), mode);
		fileKey = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
	}

	@Override
	public void write(byte[] bytes, int from, int count) throws IOException {
		ByteBuffer lines = ByteBuffer.wrap(bytes, from, count);
		while (lines.hasRemaining()) {
			channel.write(lines);
		}
	}

	@Override
	public void close() {
		FileChannel old = channel;
		channel = null;
		if (old != null) {
			try {
				old.close();
			} catch (IOException nothingMoreToLose) {
				return;
			}
		}
	}

	@Override
	public String toString() {
		return path.toString();
	}
}
