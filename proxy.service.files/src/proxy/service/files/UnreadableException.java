package proxy.service.files;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A file that cannot be read, for the log: the reason says it all, where in the program it was does not matter. */
final class UnreadableException extends IOException {

	private static final long serialVersionUID = 1L;

	private UnreadableException(String reason) {
		super(reason);
	}

	/** What is no trouble with files is a defect and stays as it is. */
	static Throwable of(Path file, Throwable trouble) {
		if (trouble instanceof FileSystemException failed && failed.getReason() != null) {
			return new UnreadableException(failed.getFile() + " cannot be read: " + failed.getReason());
		}
		return trouble instanceof IOException ? new UnreadableException(file + " cannot be read: " + trouble.getMessage()) : trouble;
	}

	@Override
	public synchronized Throwable fillInStackTrace() {
		return this;
	}
}
