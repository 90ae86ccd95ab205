package proxy.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The file in the data directory that says which process serves. bin/gatehouse reads it; processes change it one at a time. */
final class PidFile {

	static final long NOBODY = 0;

	/** What command lines and names of files are in. */
	private static final Charset NAMES = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

	private final Path data;
	private final Path file;
	private final Path lock;
	private final long own = ProcessHandle.current().pid();

	PidFile(Path data) {
		this.data = data;
		file = data.resolve("gatehouse.pid");
		lock = data.resolve("gatehouse.pid.lock");
	}

	/**
	 * It is this process from now on, unless another one serves that is not the expected one.
	 *
	 * @param expected who may serve until now, or {@link #NOBODY}
	 * @return who served until now, or still does, or {@link #NOBODY}
	 */
	synchronized long claim(long expected) throws IOException {
		try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
				FileLock held = channel.lock()) {
			long other = other();
			if (other == NOBODY || other == expected) {
				Path next = file.resolveSibling("gatehouse.pid." + own);
				Files.writeString(next, own + "\n");
				Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
			}
			return other;
		}
	}

	/** It is nobody, unless it is another process by now. */
	synchronized void remove() throws IOException {
		try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
				FileLock held = channel.lock()) {
			if (named() == own) {
				Files.delete(file);
			}
		}
	}

	/** The other process that serves, or {@link #NOBODY}. */
	private long other() throws IOException {
		long named = named();
		return named == own || gatehouse(named).isEmpty() ? NOBODY : named;
	}

	private long named() throws IOException {
		try {
			return Long.parseLong(Files.readString(file).strip());
		} catch (NoSuchFileException | NumberFormatException none) {
			return NOBODY;
		}
	}

	/** The process of that number if it is alive and a Gatehouse with this data directory: numbers are given again. */
	Optional<ProcessHandle> gatehouse(long pid) {
		return pid <= 0 ? Optional.empty() : ProcessHandle.of(pid).filter(this::isGatehouse);
	}

	private boolean isGatehouse(ProcessHandle process) {
		Path words = Path.of("/proc", Long.toString(process.pid()), "cmdline");
		try {
			String said = new String(Files.readAllBytes(words), NAMES);
			return process.isAlive() && said.contains("\0-Dgatehouse.data=" + data + "\0");
		} catch (IOException unknown) {
			return process.isAlive();
		}
	}

	@Override
	public String toString() {
		return file.toString();
	}
}
