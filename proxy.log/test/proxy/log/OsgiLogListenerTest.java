package proxy.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogListener;
import org.osgi.service.log.LogReaderService;
import org.slf4j.LoggerFactory;
import proxy.api.runtime.Problem;

class OsgiLogListenerTest {

	private final ListAppender<ILoggingEvent> events = new ListAppender<>();
	private final Logger logger = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger("proxy.some.Component");
	private final Reader reader = new Reader();
	private final OsgiLogListener listener = new OsgiLogListener(reader);
	private final TestRuntime runtime = new TestRuntime();

	@BeforeEach
	void listen() {
		events.start();
		logger.setLevel(Level.INFO);
		logger.addAppender(events);
		listener.bindRuntime(runtime);
	}

	@AfterEach
	void detach() {
		logger.detachAppender(events);
	}

	@Test
	void takesOverLevelsAndLeavesOutWhatTheLevelHides() {
		reader.say(LogLevel.ERROR, "broken", new IllegalStateException("odd"));
		reader.say(LogLevel.WARN, "strange", null);
		reader.say(LogLevel.AUDIT, "audited", null);
		reader.say(LogLevel.DEBUG, "chatter", null);
		assertEquals(List.of("ERROR broken", "WARN strange", "INFO audited"), lines());
	}

	@Test
	void saysNothingAgainOfARefusedConfiguration() {
		Problem problem = new Problem("listeners.bad.address", "999.1.1.1 is no address");
		Exception thrown = new Exception("Error during instantiation", new IllegalArgumentException(problem.toString()));
		reader.say(LogLevel.ERROR, "not reported yet", thrown);
		runtime.report(problem);
		reader.say(LogLevel.ERROR, "reported", thrown);
		reader.say(LogLevel.WARN, "[Routing(11)] : Could not get service from ref [x]", null);
		assertEquals(List.of("ERROR not reported yet"), lines());
	}

	@Test
	void hearsNothingAfterItWasClosed() {
		listener.close();
		assertEquals(List.of(), reader.listeners);
	}

	private List<String> lines() {
		return events.list.stream().map(event -> event.getLevel() + " " + event.getFormattedMessage()).toList();
	}

	private static final class Reader implements LogReaderService {

		private final List<LogListener> listeners = new ArrayList<>();

		void say(LogLevel level, String message, Throwable exception) {
			listeners.forEach(listener -> listener.logged(new Entry(level, message, exception)));
		}

		@Override
		public void addLogListener(LogListener listener) {
			listeners.add(listener);
		}

		@Override
		public void removeLogListener(LogListener listener) {
			listeners.remove(listener);
		}

		@Override
		public Enumeration<LogEntry> getLog() {
			return Collections.emptyEnumeration();
		}
	}

	private record Entry(LogLevel level, String message, Throwable exception) implements LogEntry {

		@Override
		public Bundle getBundle() {
			return null;
		}

		@Override
		public ServiceReference<?> getServiceReference() {
			return null;
		}

		@Override
		@Deprecated
		public int getLevel() {
			return level.ordinal();
		}

		@Override
		public String getMessage() {
			return message;
		}

		@Override
		public Throwable getException() {
			return exception;
		}

		@Override
		public long getTime() {
			return 0;
		}

		@Override
		public LogLevel getLogLevel() {
			return level;
		}

		@Override
		public String getLoggerName() {
			return "proxy.some.Component";
		}

		@Override
		public long getSequence() {
			return 0;
		}

		@Override
		public String getThreadInfo() {
			return "";
		}

		@Override
		public StackTraceElement getLocation() {
			return null;
		}
	}
}
