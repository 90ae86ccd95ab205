package proxy.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Which level each logger has, root first; written as in {@code RUST_LOG}: {@code info,proxy.tls.acme=debug}. */
record Levels(Map<String, Level> levels) {

	/** Libraries that tell at info what concerns their developers only. */
	private static final String[] CHATTY = {
		"org.eclipse.jetty", "org.apache.felix", "org.apache.aries", "org.shredzone", "org.bouncycastle", "LogService",
		"Events"
	};

	static Levels of(String level, String[] loggers, String environment) throws SettingException {
		Map<String, Level> levels = new LinkedHashMap<>();
		levels.put(Logger.ROOT_LOGGER_NAME, Level.INFO);
		for (String name : CHATTY) {
			levels.put(name, Level.WARN);
		}
		if (level.isBlank()) {
			readEnvironment(environment, levels);
		} else {
			levels.put(Logger.ROOT_LOGGER_NAME, parse("log.level", level));
		}
		for (String entry : loggers) {
			int equals = entry.indexOf('=');
			if (equals < 1) {
				throw new SettingException(
						"log.loggers", "'" + entry + "' is not of the form name=level, such as proxy.tls.acme=debug");
			}
			levels.put(entry.substring(0, equals).strip(), parse("log.loggers", entry.substring(equals + 1)));
		}
		return new Levels(levels);
	}

	/** Directives that make no sense are passed over: a process must not fail because of its environment. */
	private static void readEnvironment(String environment, Map<String, Level> levels) {
		for (String directive : environment.split(",")) {
			int equals = directive.indexOf('=');
			String name = equals < 0 ? Logger.ROOT_LOGGER_NAME : directive.substring(0, equals).strip();
			Level level = level(directive.substring(equals + 1));
			if (level != null && !name.isEmpty()) {
				levels.put(name, level);
			}
		}
	}

	private static Level parse(String setting, String text) throws SettingException {
		Level level = level(text);
		if (level == null) {
			throw new SettingException(
					setting, "'" + text.strip() + "' is none of off, error, warn, info, debug, trace");
		}
		return level;
	}

	private static Level level(String text) {
		return switch (text.strip().toLowerCase(Locale.ROOT)) {
			case "off" -> Level.OFF;
			case "error" -> Level.ERROR;
			case "warn", "warning" -> Level.WARN;
			case "info" -> Level.INFO;
			case "debug" -> Level.DEBUG;
			case "trace" -> Level.TRACE;
			default -> null;
		};
	}

	/** Whether more than info is wanted from anything. */
	boolean verbose() {
		return levels.values().stream().anyMatch(level -> !level.isGreaterOrEqual(Level.INFO));
	}

	/** Sets these levels and returns those before, so that setting the answer undoes it. */
	Levels apply(LoggerContext context) {
		Map<String, Level> before = new LinkedHashMap<>();
		levels.forEach((name, level) -> {
			Logger logger = context.getLogger(name);
			before.put(name, logger.getLevel());
			logger.setLevel(level);
		});
		return new Levels(before);
	}
}
