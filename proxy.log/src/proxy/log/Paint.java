package proxy.log;

import ch.qos.logback.classic.Level;

/** Colours, where the terminal has them. */
enum Paint {
	COLOURS,
	NONE;

	private static final String RESET = "\u001b[0m";

	void dim(StringBuilder to, String text) {
		paint(to, "\u001b[2m", text);
	}

	void bold(StringBuilder to, String text) {
		paint(to, "\u001b[1m", text);
	}

	void good(StringBuilder to, String text) {
		paint(to, "\u001b[32m", text);
	}

	void bad(StringBuilder to, String text) {
		paint(to, "\u001b[31m", text);
	}

	void level(StringBuilder to, Level level) {
		String colour =
				switch (level.toInt()) {
					case Level.ERROR_INT -> "\u001b[31;1m";
					case Level.WARN_INT -> "\u001b[33m";
					case Level.INFO_INT -> "\u001b[32m";
					default -> "\u001b[36m";
				};
		paint(to, colour, level.levelStr);
	}

	private void paint(StringBuilder to, String colour, String text) {
		if (this == NONE) {
			to.append(text);
		} else {
			to.append(colour).append(text).append(RESET);
		}
	}
}
