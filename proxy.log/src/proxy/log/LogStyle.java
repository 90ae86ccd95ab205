package proxy.log;

import java.time.Instant;
import java.time.ZoneId;

/** The settings, understood. */
record LogStyle(boolean human, Paint paint, EventFormat format, Levels levels) {

	static LogStyle of(LogSettings settings, boolean terminal) throws SettingException {
		Levels levels = Levels.of(settings.level(), settings.loggers(), environment());
		boolean human = switch (settings.format()) {
			case "auto" -> terminal;
			case "human" -> true;
			case "json" -> false;
			default -> throw new SettingException("log.format", "'" + settings.format() + "' is none of auto, json, human");
		};
		ThrowableText throwables = switch (settings.stack_traces()) {
			case "short" -> ThrowableText.SHORT;
			case "full" -> ThrowableText.FULL;
			default -> throw new SettingException(
					"log.stack_traces", "'" + settings.stack_traces() + "' is none of short, full");
		};
		return of(levels, human, throwables, terminal);
	}

	/** What holds when nothing is configured. */
	static LogStyle standard(boolean terminal) {
		try {
			return of(Levels.of("", new String[0], environment()), terminal, ThrowableText.SHORT, terminal);
		} catch (SettingException impossible) {
			throw new IllegalStateException(impossible);
		}
	}

	private static LogStyle of(Levels levels, boolean human, ThrowableText throwables, boolean terminal) {
		Paint paint = terminal && System.getenv("NO_COLOR") == null ? Paint.COLOURS : Paint.NONE;
		EventFormat format =
				human ? new HumanFormat(throwables, paint, ZoneId.systemDefault()) : new JsonFormat(throwables);
		return new LogStyle(human, paint, format, levels);
	}

	private static String environment() {
		String own = System.getenv("GATEHOUSE_LOG");
		String pingoo = System.getenv("PINGOO_LOG");
		return own != null ? own : pingoo != null ? pingoo : "";
	}

	/** The line that says how many lines are missing. */
	String dropped(long count) {
		String message = count + " events dropped: stderr did not take them";
		return human
				? message + "\n"
				: "{\"timestamp\":\"" + Instant.now() + "\",\"level\":\"warn\",\"message\":\"" + message + "\",\"dropped\":"
						+ count + ",\"target\":\"proxy.log\"}\n";
	}
}
