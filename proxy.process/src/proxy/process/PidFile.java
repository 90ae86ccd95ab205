package proxy.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The file in the data directory that says which process serves. bin/gatehouse reads it. */
final class PidFile {

	private final Path file;
	private final String own = ProcessHandle.current().pid() + "\n";

	PidFile(Path data) {
		file = data.resolve("gatehouse.pid");
	}

	/** It is this process from now on. */
	void write() throws IOException {
		Path next = file.resolveSibling("gatehouse.pid." + ProcessHandle.current().pid());
		Files.writeString(next, own);
		Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
	}

	/** It is nobody, unless it is another process by now. */
	void remove() throws IOException {
		try {
			if (Files.readString(file).equals(own)) {
				Files.delete(file);
			}
		} catch (NoSuchFileException gone) {
			// that is what is wanted
		}
	}
}
