package proxy.log;

import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;

import java.util.Arrays;
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
import proxy.api.runtime.GatewayRuntime;

/**
 * Takes what framework, components and configuration admin say by the OSGi log service. That a component refused its
 * configuration is known already when it has reported a problem; it is no second error.
 */
@Component(immediate = true, service = {})
public final class OsgiLogListener implements LogListener {

	/** What else is said of a component that did not come up, after the reason was. */
	private static final String[] ECHOES = {
		"Could not get service from ref", "invokeBindMethod : Service not available", "Service factory returned null"
	};

	private final LogReaderService reader;

	private volatile GatewayRuntime runtime;

	@Activate
	public OsgiLogListener(@Reference LogReaderService reader) {
		this.reader = reader;
		reader.addLogListener(this);
	}

	@Reference(cardinality = OPTIONAL, policy = DYNAMIC)
	void bindRuntime(GatewayRuntime bound) {
		runtime = bound;
	}

	void unbindRuntime(GatewayRuntime gone) {
		if (runtime == gone) {
			runtime = null;
		}
	}

	@Deactivate
	void close() {
		reader.removeLogListener(this);
	}

	@Override
	public void logged(LogEntry entry) {
		String name = entry.getLoggerName();
		Logger log = LoggerFactory.getLogger(name == null || name.isEmpty() ? "osgi" : name);
		LoggingEventBuilder event = log.atLevel(isKnown(entry) ? Level.DEBUG : level(entry.getLogLevel()));
		if (entry.getBundle() != null) {
			event = event.addKeyValue("bundle", entry.getBundle().getSymbolicName());
		}
		event.setCause(entry.getException()).log(entry.getMessage());
	}

	private boolean isKnown(LogEntry entry) {
		String text = entry.getMessage() + innermostMessage(entry.getException());
		GatewayRuntime known = runtime;
		return Arrays.stream(ECHOES).anyMatch(text::contains)
				|| known != null && known.problems().stream().anyMatch(problem -> text.endsWith(problem.toString()));
	}

	private static String innermostMessage(Throwable exception) {
		Throwable innermost = exception;
		while (innermost != null && innermost.getCause() != null) {
			innermost = innermost.getCause();
		}
		return innermost == null ? "" : String.valueOf(innermost.getMessage());
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
