package proxy.config.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReloadLogTest {

	private static final Finding WARNING = finding(Finding.Kind.WARNING, 3, "a.b", "odd");
	private static final Finding ERROR = finding(Finding.Kind.ERROR, 5, "c.d", "wrong");
	private static final Finding OTHER = finding(Finding.Kind.ERROR, 6, "e.f", "wrong too");

	private final ListAppender<ILoggingEvent> events = new ListAppender<>();
	private ReloadLog log;

	@BeforeEach
	void start() {
		Logger logger = new LoggerContext().getLogger("test");
		events.start();
		logger.addAppender(events);
		log = new ReloadLog(logger);
	}

	@Test
	void saysWhatAReloadDid() {
		log.tell(reading(), new Changes(), 5);
		log.tell(reading(), new Changes(List.of("+service a", "-rule b"), List.of()), 38);
		said("INFO configuration successfully loaded from f", "INFO reloaded in 38 ms: +service a, -rule b");
	}

	@Test
	void isSilentWhenNothingHappened() {
		log.tell(reading(WARNING), new Changes(), 5);
		said("WARN f:3:1 a.b: odd", "INFO configuration successfully loaded from f");
		log.tell(reading(finding(Finding.Kind.WARNING, 4, "a.b", "odd")), new Changes(), 5);
		said();
	}

	@Test
	void saysOnceWhyItRefusedAFile() {
		log.tell(reading(), new Changes(), 5);
		log.tell(reading(ERROR), null, 5);
		log.tell(reading(ERROR), null, 5);
		said("INFO configuration successfully loaded from f",
				"ERROR NOT reloaded: f:5:1 c.d: wrong (still running the previous configuration)");
		log.tell(reading(ERROR, OTHER), null, 5);
		said("ERROR f:5:1 c.d: wrong", "ERROR f:6:1 e.f: wrong too",
				"ERROR NOT reloaded: 2 problems in f (still running the previous configuration)");
		log.tell(reading(), new Changes(), 7);
		said("INFO reloaded in 7 ms: nothing to change");
	}

	@Test
	void saysThatNothingIsLoadedYet() {
		log.tell(reading(ERROR), null, 5);
		said("ERROR NOT loaded: f:5:1 c.d: wrong (what was in force before, if anything, stays in force)");
	}

	@Test
	void saysATroubleOnce() {
		log.trouble("no file");
		log.trouble("no file");
		said("ERROR no file; what is in force stays");
		log.tell(reading(), new Changes(), 5);
		log.trouble("no file");
		said("INFO configuration successfully loaded from f", "ERROR no file; what is in force stays");
	}

	@Test
	void saysWhatItKeptAtStart() {
		log.tell(reading(), new Changes(List.of(), List.of("services.a", "rules.b")), 5);
		said("INFO configuration successfully loaded from f",
				"INFO kept as changed elsewhere since the file last changed them: services.a, rules.b");
	}

	@Test
	void saysItAgainToWhoAsks() {
		log.tell(reading(WARNING), new Changes(), 5);
		events.list.clear();
		log.forget();
		log.tell(reading(WARNING), new Changes(), 6);
		said("WARN f:3:1 a.b: odd", "INFO reloaded in 6 ms: nothing to change");
		log.tell(reading(ERROR), null, 5);
		log.forget();
		log.tell(reading(ERROR), null, 5);
		said("ERROR NOT reloaded: f:5:1 c.d: wrong (still running the previous configuration)",
				"ERROR NOT reloaded: f:5:1 c.d: wrong (still running the previous configuration)");
		log.trouble("no file");
		log.forget();
		log.trouble("no file");
		said("ERROR no file; what is in force stays", "ERROR no file; what is in force stays");
	}

	private void said(String... lines) {
		assertEquals(List.of(lines), events.list.stream().map(event -> event.getLevel() + " " + event.getFormattedMessage()).toList());
		events.list.clear();
	}

	private static Finding finding(Finding.Kind kind, int line, String path, String reason) {
		return new Finding(kind, new Position("f", line, 1), path, reason);
	}

	private static Reading reading(Finding... findings) {
		return new Reading("f", List.of(), List.of(findings));
	}
}
