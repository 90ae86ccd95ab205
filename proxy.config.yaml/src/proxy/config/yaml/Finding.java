package proxy.config.yaml;

/**
 * Something to say about a configuration file.
 *
 * @param path the setting's path, such as {@code services.api.route}; "" for the file as a whole
 */
record Finding(Kind kind, Position at, String path, String reason) {

	enum Kind {
		/** Nothing of the file is applied. */
		ERROR,
		/** Applied, but it cannot do anything yet: no installed bundle knows it, or a file is missing. */
		UNSERVED,
		/** Ignored, as Pingoo does, or in force, but hardly meant. */
		WARNING
	}

	/** Whether it says the same, be it of another line. */
	boolean isLike(Finding other) {
		return kind == other.kind && path.equals(other.path) && reason.equals(other.reason);
	}

	/** Path and reason with the place in front. */
	@Override
	public String toString() {
		return at + (path.isEmpty() ? ": " : " " + path + ": ") + reason;
	}
}
