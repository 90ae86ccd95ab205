package proxy.log;

import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;
import proxy.api.runtime.GatewayRuntime;
import proxy.api.runtime.Problem;

/** Takes logback over while it is active; what logback was configured with before stands again afterwards. */
@Component(immediate = true, configurationPid = "proxy.log", service = LogOutput.class)
@Designate(ocd = LogSettings.class)
public final class Log implements LogOutput {

	private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(Log.class);
	private static final long QUEUE_OCTETS = 4 << 20;
	private static final long QUIET_NANOS = 20_000_000_000L;

	private final boolean terminal;
	private final BooleanSupplier lastWords;
	private final LoggerContext logback;
	private final LineWriter writer;
	private final List<Appender<ILoggingEvent>> appendersBefore = new ArrayList<>();
	private final JulHandler jul;
	private Levels levelsBefore;
	private volatile LogStyle style;
	private volatile Problem refused;
	private volatile GatewayRuntime runtime;
	private volatile long quietUntil;

	@Activate
	public Log(LogSettings settings, BundleContext context) {
		this(
				settings,
				Terminal.isStderr(context.getProperty("gatehouse.tty")),
				new FileOutputStream(FileDescriptor.err),
				() -> context.getBundle(0).getState() == Bundle.STOPPING);
		if (context.getBundle(0).getState() == Bundle.ACTIVE) {
			quietUntil = System.nanoTime();
		}
	}

	/** @param lastWords whether everything is being stopped, so that there will be no other log after this one */
	Log(LogSettings settings, boolean terminal, OutputStream stderr, BooleanSupplier lastWords) {
		this.terminal = terminal;
		this.lastWords = lastWords;
		logback = logback();
		LogStyle wanted = styleOrDefault(settings);
		style = wanted;
		writer = new LineWriter("gatehouse-log", stderr, QUEUE_OCTETS, count -> style.dropped(count));
		quietUntil = wanted.human() && !wanted.levels().verbose() ? System.nanoTime() + QUIET_NANOS : System.nanoTime();
		levelsBefore = wanted.levels().apply(logback);
		takeOver();
		jul = new JulHandler();
		tell(refused);
	}

	/** Without a log nobody would learn what is wrong with its settings, so that it starts in any case. */
	private LogStyle styleOrDefault(LogSettings settings) {
		try {
			return LogStyle.of(settings, terminal);
		} catch (SettingException e) {
			refused = e.problem();
			return LogStyle.standard(terminal);
		}
	}

	/** A second instance would leave a gap between the two: the one there changes its ways, or keeps them. */
	@Modified
	synchronized void modified(LogSettings settings) {
		try {
			LogStyle wanted = LogStyle.of(settings, terminal);
			levelsBefore.apply(logback);
			levelsBefore = wanted.levels().apply(logback);
			style = wanted;
			tell(null);
		} catch (SettingException e) {
			tell(e.problem());
		}
	}

	@Reference(cardinality = OPTIONAL, policy = DYNAMIC)
	void bindRuntime(GatewayRuntime bound) {
		runtime = bound;
		if (refused != null) {
			bound.report(refused);
		}
	}

	void unbindRuntime(GatewayRuntime gone) {
		if (runtime == gone) {
			runtime = null;
		}
	}

	private void tell(Problem problem) {
		GatewayRuntime known = runtime;
		refused = problem;
		if (problem == null && known != null) {
			known.clear("log");
		} else if (problem != null && known != null) {
			known.report(problem);
		} else if (problem != null) {
			LOG.error("not in force: {}", problem);
		}
	}

	private static LoggerContext logback() {
		ILoggerFactory factory = LoggerFactory.getILoggerFactory();
		if (factory instanceof LoggerContext logback) {
			return logback;
		}
		throw new IllegalStateException("log: slf4j is bound to " + factory.getClass().getName() + " instead of logback; "
				+ "is the bundle proxy.log.slf4j missing?");
	}

	private void takeOver() {
		Logger root = logback.getLogger(Logger.ROOT_LOGGER_NAME);
		root.iteratorForAppenders().forEachRemaining(appendersBefore::add);
		Appender<ILoggingEvent> appender = new UnsynchronizedAppenderBase<>() {
			@Override
			protected void append(ILoggingEvent event) {
				write(event);
			}
		};
		appender.setContext(logback);
		appender.setName("gatehouse");
		appender.start();
		root.addAppender(appender);
		appendersBefore.forEach(root::detachAppender);
	}

	private void write(ILoggingEvent event) {
		if (System.nanoTime() - quietUntil < 0 && !event.getLevel().isGreaterOrEqual(Level.WARN)) {
			return;
		}
		StringBuilder line = new StringBuilder(256);
		style.format().append(line, event);
		writer.write(line);
	}

	@Override
	public boolean human() {
		return style.human();
	}

	@Override
	public Paint paint() {
		return style.paint();
	}

	@Override
	public void page(CharSequence text) {
		quietUntil = System.nanoTime();
		writer.write(text);
	}

	@Deactivate
	synchronized void close() {
		if (lastWords.getAsBoolean()) {
			writer.hurry();
			return;
		}
		jul.close();
		Logger root = logback.getLogger(Logger.ROOT_LOGGER_NAME);
		appendersBefore.forEach(root::addAppender);
		Appender<ILoggingEvent> mine = root.getAppender("gatehouse");
		root.detachAppender(mine);
		mine.stop();
		levelsBefore.apply(logback);
		writer.close();
	}
}
