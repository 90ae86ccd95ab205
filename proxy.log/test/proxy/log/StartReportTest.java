package proxy.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import proxy.api.runtime.GatewayRuntime.ListenerState;
import proxy.api.runtime.GatewayRuntime.ServiceState;
import proxy.api.runtime.Problem;

class StartReportTest {

	@Test
	void isOneCleanScreen() {
		assertEquals(
				"""

				Gatehouse 1.0.0  (Felix 7.0.5, TLS: Conscrypt 2.9.0)

				  config    etc/gatehouse.yml   1 listener, 2 services, 0 rules, 1 problem
				  listener  https     https://localhost:8443      https://0.0.0.0:8443
				  service   welcome   static      all requests
				  service   api       http_proxy  http_request.host == "api.example"
				  console   http://127.0.0.1:8181/system/console
				  problem   services.web.route: unknown variable 'hots' at 1:1
				  next      edit etc/gatehouse.yml: it is read again when it is saved

				Ready in 2.4 s, with 1 problem.

				""",
				report(Path.of("etc/gatehouse.yml").toAbsolutePath().toString(), true).page(Paint.NONE));
	}

	@Test
	void saysWhenNotEverythingWasTried() {
		assertTrue(report("", false).page(Paint.NONE).contains("not everything that is configured has been tried yet"));
	}

	@Test
	void isAnEventForEachRowWithoutATerminal() {
		ListAppender<ILoggingEvent> events = new ListAppender<>();
		Logger logger = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger("proxy.log");
		events.start();
		logger.setLevel(Level.INFO);
		logger.addAppender(events);
		report("/etc/pingoo/pingoo.yml", true).log();
		logger.detachAppender(events);
		assertEquals(
				List.of(
						"Gatehouse runs",
						"configuration: 1 listener, 2 services, 0 rules, 1 problem",
						"listening",
						"serving",
						"serving",
						"http://127.0.0.1:8181/system/console",
						"ready"),
				events.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
	}

	private static StartReport report(String config, boolean settled) {
		return new StartReport(
				new Product(List.of("Gatehouse 1.0.0", "Felix 7.0.5"), config),
				"Conscrypt 2.9.0",
				List.of(new ListenerState("https", "https://0.0.0.0:8443", List.of(), 0)),
				List.of(
						new ServiceState("welcome", "static", "", 0),
						new ServiceState("api", "http_proxy", "http_request.host == \"api.example\"", 0)),
				0,
				List.of(new Problem("services.web.route", "unknown variable 'hots' at 1:1")),
				List.of(new StartReport.Row("console", "http://127.0.0.1:8181/system/console")),
				settled,
				Duration.ofMillis(2412));
	}
}
