package proxy.service.files;

import java.io.IOException;
import java.nio.file.Path;

/** A file is not what it was a moment ago. */
final class ChangedException extends IOException {

	private static final long serialVersionUID = 1L;

	ChangedException(Path file) {
		super(file + " was changed while it was read");
	}
}
