package proxy.log;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import proxy.api.runtime.GatewayRuntime;
import proxy.api.runtime.GatewayRuntime.ListenerState;
import proxy.api.runtime.GatewayRuntime.ServiceState;
import proxy.api.runtime.Notice;
import proxy.api.runtime.Problem;

/**
 * What the gateway is and does, at one moment.
 *
 * @param tls the TLS engine
 * @param sinceStart how long the process has been running
 */
record StartReport(
		Product product,
		String tls,
		List<ListenerState> listeners,
		List<ServiceState> services,
		int rules,
		List<Problem> problems,
		List<Row> notices,
		boolean settled,
		Duration sinceStart) {

	private static final Logger LOG = LoggerFactory.getLogger(StartReport.class);

	record Row(String title, String text) {}

	static StartReport of(Product product, GatewayRuntime runtime, List<Notice> notices) {
		Instant now = Instant.now();
		Instant start = ProcessHandle.current().info().startInstant().orElse(now);
		return new StartReport(
				product,
				runtime.tlsEngine(),
				runtime.listeners(),
				runtime.services(),
				runtime.rules().size(),
				runtime.problems(),
				notices.stream().map(notice -> new Row(notice.title(), notice.text())).toList(),
				runtime.settled(),
				Duration.between(start, now));
	}

	/** For a terminal. */
	String page(Paint paint) {
		StringBuilder page = new StringBuilder("\n");
		String config = product.config();
		List<String> versions = versions();
		paint.bold(page, versions.get(0));
		page.append("  (").append(String.join(", ", versions.subList(1, versions.size()))).append(")\n\n");
		row(page, paint, "config", (config.isEmpty() ? "none" : near(config)) + "   " + counts());
		for (ListenerState listener : listeners) {
			row(page, paint, "listener", pad(listener.name(), 10) + pad(url(listener.address()), 28) + listener.address());
		}
		for (ServiceState service : services) {
			String route = service.route().isEmpty() ? "all requests" : service.route();
			row(page, paint, "service", pad(service.name(), 10) + pad(service.kind(), 12) + route);
		}
		notices.forEach(notice -> row(page, paint, notice.title(), notice.text()));
		problems.forEach(problem -> {
			StringBuilder text = new StringBuilder();
			paint.bad(text, problem.setting());
			row(page, paint, "problem", text + ": " + problem.reason());
		});
		if (!config.isEmpty()) {
			row(page, paint, "next", "edit " + near(config) + ": it is read again when it is saved");
		}
		page.append('\n');
		ready(page, paint);
		return page.append("\n\n").toString();
	}

	private void ready(StringBuilder page, Paint paint) {
		String time = String.format(Locale.ROOT, "%.1f s", sinceStart.toMillis() / 1000.0);
		if (!settled) {
			paint.bad(page, "Started in " + time + ", but not everything that is configured has been tried yet.");
		} else if (problems.isEmpty()) {
			paint.good(page, "Ready in " + time + ".");
		} else {
			paint.bad(page, "Ready in " + time + ", with " + count(problems.size(), "problem") + ".");
		}
	}

	/** For machines: an event for each row but the problems, which were logged when they came up. */
	void log() {
		event("gatehouse").addKeyValue("versions", String.join(", ", versions())).log("Gatehouse runs");
		event("config").addKeyValue("file", product.config()).log("configuration: " + counts());
		for (ListenerState listener : listeners) {
			event("listener").addKeyValue("name", listener.name()).addKeyValue("address", listener.address()).log("listening");
		}
		for (ServiceState service : services) {
			event("service")
					.addKeyValue("name", service.name())
					.addKeyValue("kind", service.kind())
					.addKeyValue("route", service.route())
					.log("serving");
		}
		notices.forEach(notice -> event(notice.title()).log(notice.text()));
		event("ready")
				.addKeyValue("settled", settled)
				.addKeyValue("problems", problems.size())
				.addKeyValue("ms", sinceStart.toMillis())
				.log("ready");
	}

	private List<String> versions() {
		return Stream.concat(product.versions().stream(), Stream.of("TLS: " + tls)).toList();
	}

	private static LoggingEventBuilder event(String row) {
		return LOG.atInfo().addKeyValue("row", row);
	}

	private String counts() {
		return String.join(
				", ",
				count(listeners.size(), "listener"),
				count(services.size(), "service"),
				count(rules, "rule"),
				count(problems.size(), "problem"));
	}

	private static String count(int count, String noun) {
		return count + " " + noun + (count == 1 ? "" : "s");
	}

	/** What a browser on this machine opens; a wildcard address is no place to go to. */
	private static String url(String address) {
		return address.replaceFirst("//(0\\.0\\.0\\.0|\\[[0:]+\\])", "//localhost");
	}

	private static String near(String file) {
		Path path = Path.of(file).toAbsolutePath().normalize();
		Path here = Path.of("").toAbsolutePath();
		return path.startsWith(here) ? here.relativize(path).toString() : path.toString();
	}

	private static void row(StringBuilder page, Paint paint, String title, String text) {
		page.append("  ");
		paint.dim(page, pad(title, 10));
		page.append(text.stripTrailing()).append('\n');
	}

	private static String pad(String text, int width) {
		return text.length() < width ? text + " ".repeat(width - text.length()) : text + "  ";
	}
}
