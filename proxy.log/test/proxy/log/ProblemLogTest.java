package proxy.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import proxy.api.runtime.Problem;

class ProblemLogTest {

	private final ListAppender<ILoggingEvent> events = new ListAppender<>();
	private final Logger logger = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger("proxy.log");
	private final ProblemLog problems = new ProblemLog();

	@BeforeEach
	void listen() {
		events.start();
		logger.setLevel(Level.INFO);
		logger.addAppender(events);
	}

	@AfterEach
	void detach() {
		logger.detachAppender(events);
	}

	@Test
	void tellsOnlyWhatIsNewChangedOrGone() {
		Problem taken = new Problem("listeners.http.address", "port 80 is taken");
		problems.known(List.of(taken));
		problems.log(List.of(taken));
		problems.log(List.of(taken, new Problem("services.a", "x")));
		problems.log(List.of(taken, new Problem("services.a", "y")));
		problems.log(List.of(new Problem("services.a", "y")));
		assertEquals(
				List.of(
						"not in force [setting=\"services.a\", reason=\"x\"]",
						"not in force [setting=\"services.a\", reason=\"y\"]",
						"problem solved [setting=\"listeners.http.address\"]"),
				events.list.stream().map(e -> e.getMessage() + " " + e.getKeyValuePairs()).toList());
	}
}
