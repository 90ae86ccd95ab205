package proxy.log.slf4j;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Logback as it is until Gatehouse's log takes it over, and where that is not there: warnings, to stderr. Set up without a
 * file, since reading one takes longer than the rest of the log's start.
 */
public final class LogbackBinding implements SLF4JServiceProvider {

	/** Of the API that logback is made for. */
	private static final String API = "2.0.99";

	private final LoggerContext logback = new LoggerContext();
	private final IMarkerFactory markers = new BasicMarkerFactory();
	private final LogbackMDCAdapter mdc = new LogbackMDCAdapter();

	@Override
	public void initialize() {
		logback.setName("default");
		logback.setMDCAdapter(mdc);
		Appender<ILoggingEvent> stderr = new UnsynchronizedAppenderBase<>() {
			@Override
			protected void append(ILoggingEvent event) {
				System.err.print(EarlyLine.of(event));
			}
		};
		stderr.setContext(logback);
		stderr.setName("stderr");
		stderr.start();
		Logger root = logback.getLogger(Logger.ROOT_LOGGER_NAME);
		root.setLevel(Level.WARN);
		root.addAppender(stderr);
		logback.start();
	}

	@Override
	public ILoggerFactory getLoggerFactory() {
		return logback;
	}

	@Override
	public IMarkerFactory getMarkerFactory() {
		return markers;
	}

	@Override
	public MDCAdapter getMDCAdapter() {
		return mdc;
	}

	@Override
	public String getRequestedApiVersion() {
		return API;
	}
}
