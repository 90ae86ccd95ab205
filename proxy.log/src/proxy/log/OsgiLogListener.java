package proxy.log;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogListener;
import org.osgi.service.log.LogReaderService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** Takes what framework, components and configuration admin say by the OSGi log service. */
@Component(immediate = true, service = {})
public final class OsgiLogListener implements LogListener {

	private final LogReaderService reader;

	@Activate
	public OsgiLogListener(@Reference LogReaderService reader) {
		this.reader = reader;
		reader.addLogListener(this);
	}

	@Deactivate
	void close() {
		reader.removeLogListener(this);
	}

	@Override
	public void logged(LogEntry entry) {
		String name = entry.getLoggerName();
		Logger log = LoggerFactory.getLogger(name == null || name.isEmpty() ? "osgi" : name);
		LoggingEventBuilder event = log.atLevel(level(entry.getLogLevel()));
		if (entry.getBundle() != null) {
			event = event.addKeyValue("bundle", entry.getBundle().getSymbolicName());
		}
		event.setCause(entry.getException()).log(entry.getMessage());
	}

	private static Level level(LogLevel level) {
		return switch (level) {
			case ERROR -> Level.ERROR;
			case WARN -> Level.WARN;
			case AUDIT, INFO -> Level.INFO;
			case DEBUG -> Level.DEBUG;
			case TRACE -> Level.TRACE;
		};
	}
}
