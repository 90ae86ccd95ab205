package proxy.log;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.slf4j.LoggerFactory;

/** Takes warnings and worse from java.util.logging; what is less is not even made. */
final class JulHandler extends Handler implements AutoCloseable {

	private final SimpleFormatter formatter = new SimpleFormatter();
	private final Logger root = LogManager.getLogManager().getLogger("");
	private final Level levelBefore = root.getLevel();
	private final Handler[] handlersBefore = root.getHandlers();

	JulHandler() {
		for (Handler handler : handlersBefore) {
			root.removeHandler(handler);
		}
		root.setLevel(Level.WARNING);
		root.addHandler(this);
	}

	@Override
	public void publish(LogRecord event) {
		String name = event.getLoggerName();
		org.slf4j.Logger log = LoggerFactory.getLogger(name == null || name.isEmpty() ? "java.util.logging" : name);
		log.atLevel(level(event.getLevel()))
				.setCause(event.getThrown())
				.log(() -> formatter.formatMessage(event));
	}

	private static org.slf4j.event.Level level(Level level) {
		int value = level.intValue();
		if (value >= Level.SEVERE.intValue()) {
			return org.slf4j.event.Level.ERROR;
		}
		if (value >= Level.WARNING.intValue()) {
			return org.slf4j.event.Level.WARN;
		}
		return value >= Level.INFO.intValue() ? org.slf4j.event.Level.INFO : org.slf4j.event.Level.DEBUG;
	}

	@Override
	public void flush() {}

	/** Puts everything back as it was. */
	@Override
	public void close() {
		root.removeHandler(this);
		root.setLevel(levelBefore);
		for (Handler handler : handlersBefore) {
			root.addHandler(handler);
		}
	}
}
