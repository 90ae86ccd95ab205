package proxy.log.access;

import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.http.ExchangeListener;
import proxy.api.http.HttpExchange;
import proxy.api.runtime.GatewayRuntime;
import proxy.api.runtime.Problem;
import proxy.api.runtime.Reloadable;
import proxy.api.tcp.TcpConnection;
import proxy.api.tcp.TcpConnectionListener;
import proxy.api.transport.EventLoop;

/** Logs every exchange and every TCP connection. Changes of settings are taken in place, so that none is missed meanwhile. */
@Component(
		immediate = true,
		service = {ExchangeListener.class, TcpConnectionListener.class, Reloadable.class},
		configurationPid = "proxy.log.access",
		configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = AccessLogSettings.class)
public final class AccessLog implements ExchangeListener, TcpConnectionListener, Reloadable {

	private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);

	private final GatewayRuntime runtime;
	private final Path data;
	private final LogWriter writer;
	private volatile Rules rules;
	private volatile LoopLog[] loops = {};

	@Activate
	public AccessLog(AccessLogSettings settings, BundleContext context, @Reference GatewayRuntime runtime) {
		this(settings, Path.of(Objects.requireNonNullElse(context.getProperty("gatehouse.data"), "data")), runtime);
	}

	AccessLog(AccessLogSettings settings, Path data, GatewayRuntime runtime) {
		this.runtime = runtime;
		this.data = data.toAbsolutePath();
		rules = read(settings);
		writer = new LogWriter(sink(rules.path()), this::tell);
	}

	/** What was in force stays when the new settings are wrong. */
	@Modified
	synchronized void modified(AccessLogSettings settings) {
		Rules next;
		try {
			next = read(settings);
		} catch (Rules.Refused reported) {
			return;
		}
		if (!next.path().equals(rules.path())) {
			writer.sink(sink(next.path()));
		}
		rules = next;
	}

	/** Goes on in a file of the same name, though nobody may log anything for long: the one before may take its room on the disk. */
	@Override
	public synchronized void reload() {
		writer.sink(sink(rules.path()));
	}

	private Rules read(AccessLogSettings settings) {
		try {
			Rules read = Rules.of(settings);
			runtime.clear("access_log");
			return read;
		} catch (Rules.Refused e) {
			runtime.report(e.problem());
			throw e;
		}
	}

	private Sink sink(String path) {
		return switch (path) {
			case "stdout" -> new StreamSink(FileDescriptor.out);
			case "stderr" -> new StreamSink(FileDescriptor.err);
			default -> new FileSink(data.resolve(path), System::nanoTime);
		};
	}

	/** What is wrong with a file is in the exception's class, and its message only the file. */
	private static String reason(IOException trouble) {
		if (trouble instanceof AccessDeniedException) {
			return "no permission for " + trouble.getMessage();
		}
		return trouble instanceof NoSuchFileException ? "there is no folder for " + trouble.getMessage() : trouble.getMessage();
	}

	private void tell(IOException trouble) {
		if (trouble == null) {
			runtime.clear("access_log.path");
			LOG.info("access log: written again");
		} else {
			runtime.report(new Problem("access_log.path", "cannot write: " + reason(trouble) + "; trying again every second"));
		}
	}

	@Override
	public void finished(HttpExchange exchange, ExchangeListener.Outcome outcome) {
		Rules now = rules;
		if (!now.enabled()) {
			return;
		}
		try {
			LoopLog loop = loop(exchange.loop(), now);
			writer.lines(loop.log(exchange, outcome, now.redaction(), System.currentTimeMillis()));
		} catch (RuntimeException defect) {
			LOG.error("access log: an exchange is missing", defect);
		}
	}

	@Override
	public void ended(TcpConnection connection, TcpConnectionListener.Outcome outcome) {
		Rules now = rules;
		if (!now.enabled()) {
			return;
		}
		try {
			writer.lines(loop(connection.loop(), now).log(connection, outcome, System.currentTimeMillis()));
		} catch (RuntimeException defect) {
			LOG.error("access log: a connection is missing", defect);
		}
	}

	private LoopLog loop(EventLoop loop, Rules now) {
		LoopLog[] known = loops;
		int index = loop.index();
		return index < known.length && known[index] != null ? known[index] : newLoop(index, now);
	}

	/** Once for each loop. */
	private synchronized LoopLog newLoop(int index, Rules now) {
		LoopLog made = new LoopLog(now.ringOctets());
		LoopLog[] more = Arrays.copyOf(loops, Math.max(loops.length, index + 1));
		more[index] = made;
		writer.add(made.ring);
		loops = more;
		return made;
	}

	@Deactivate
	void close() {
		writer.close();
	}
}
