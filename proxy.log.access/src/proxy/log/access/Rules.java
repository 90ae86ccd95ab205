package proxy.log.access;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import proxy.api.runtime.Problem;

/** The settings, understood. */
record Rules(boolean enabled, String path, Redaction redaction, int ringOctets) {

	/** A setting that cannot be. */
	static final class Refused extends IllegalArgumentException {

		private static final long serialVersionUID = 1L;

		private final transient Problem problem;

		Refused(String setting, String reason) {
			super(setting + ": " + reason);
			problem = new Problem(setting, reason);
		}

		Problem problem() {
			return problem;
		}
	}

	static Rules of(AccessLogSettings settings) {
		String path = settings.path().strip();
		if (path.isEmpty()) {
			throw new Refused("access_log.path", "is empty; a file, stdout or stderr is wanted");
		}
		try {
			Path.of(path);
		} catch (InvalidPathException e) {
			throw new Refused("access_log.path", "is no file name: " + e.getReason());
		}
		if (settings.buffer_kb() < 128 || settings.buffer_kb() > 65536) {
			throw new Refused("access_log.buffer_kb", settings.buffer_kb() + " is not in 128..65536");
		}
		return new Rules(settings.enabled(), path, redaction(settings), settings.buffer_kb() * 1024);
	}

	private static Redaction redaction(AccessLogSettings settings) {
		try {
			return new Redaction(List.of(settings.redact_query()), List.of(settings.redact_path()));
		} catch (IllegalArgumentException e) {
			throw new Refused("access_log.redact_path", e.getMessage());
		}
	}
}
