package proxy.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LogTest {

	private static final Logger LOG = LoggerFactory.getLogger("proxy.some");

	private final BlockableStream stderr = new BlockableStream();
	private final ch.qos.logback.classic.Logger root =
			((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger("ROOT");
	private final ListAppender<ILoggingEvent> before = new ListAppender<>();

	@BeforeEach
	void configureAsTheProductDoes() {
		root.detachAndStopAllAppenders();
		before.start();
		root.addAppender(before);
		root.setLevel(ch.qos.logback.classic.Level.WARN);
	}

	@AfterEach
	void detach() {
		root.detachAndStopAllAppenders();
	}

	@Test
	void takesLogbackOverAndGivesItBack() throws Exception {
		Log log = new Log(Settings.of("", "json"), false, stderr, () -> false);
		LOG.atInfo().addKeyValue("k", "v").log("mine");
		String line = stderr.await("\"mine\"");
		assertTrue(line.contains("\"k\":\"v\",\"target\":\"proxy.some\"}"), line);
		assertTrue(before.list.isEmpty());
		log.close();
		LOG.info("below the level of before");
		LOG.warn("theirs");
		assertEquals(1, before.list.size());
		assertFalse(stderr.text().contains("theirs"));
		assertTrue(root.iteratorForAppenders().next() == (Appender<?>) before);
	}

	@Test
	void changesItsWaysWhileItRuns() throws Exception {
		Log log = new Log(Settings.of("", "json", "proxy.some=error"), false, stderr, () -> false);
		LOG.warn("unseen");
		log.modified(Settings.of("debug", "human"));
		LOG.debug("seen");
		assertTrue(stderr.await("DEBUG seen").lines().count() == 1, stderr.text());
		log.close();
	}

	@Test
	void staysAsItIsWhenANewSettingIsWrong() throws Exception {
		Log log = new Log(Settings.of("debug", "json"), false, stderr, () -> false);
		log.modified(Settings.of("loud", "human"));
		LOG.debug("still");
		String text = stderr.await("still");
		assertTrue(text.startsWith("{"), text);
		assertTrue(text.contains("\"level\":\"error\",\"message\":\"not in force: log.level: 'loud' is none of off"), text);
		log.close();
	}

	@Test
	void startsWithWrongSettingsAndSaysSo() throws Exception {
		Log log = new Log(Settings.of("loud", "json"), false, stderr, () -> false);
		TestRuntime runtime = new TestRuntime();
		log.bindRuntime(runtime);
		LOG.info("alive");
		stderr.await("alive");
		assertEquals("log.level", runtime.problems().get(0).setting());
		log.modified(Settings.of("info", "json"));
		assertTrue(runtime.problems().isEmpty());
		log.close();
	}

	@Test
	void writesToTheEndWhenEverythingStops() throws Exception {
		Log log = new Log(Settings.of("", "json"), false, stderr, () -> true);
		log.close();
		LOG.info("the last word");
		stderr.await("the last word");
		assertTrue(before.list.isEmpty());
	}

	@Test
	void isQuietOnATerminalUntilTheStartScreen() throws Exception {
		Log log = new Log(Settings.of("", "auto"), true, stderr, () -> false);
		LOG.info("on the way");
		LOG.warn("alarming");
		log.page("SCREEN\n");
		LOG.info("later");
		String text = stderr.await("later");
		assertFalse(text.contains("on the way"), text);
		assertTrue(text.indexOf("alarming") < text.indexOf("SCREEN"), text);
		log.close();
	}

	@Test
	void takesWarningsOfJavaUtilLogging() throws Exception {
		Log log = new Log(Settings.of("", "json", "quiet=error"), false, stderr, () -> false);
		java.util.logging.Logger.getLogger("quiet.library").warning("not wanted");
		java.util.logging.Logger jul = java.util.logging.Logger.getLogger("some.library");
		jul.info("chatter");
		jul.log(java.util.logging.Level.WARNING, "trouble with {0}", "x");
		String text = stderr.await("some.library");
		assertTrue(text.contains("\"level\":\"warn\",\"message\":\"trouble with x\",\"target\":\"some.library\""), text);
		assertFalse(text.contains("chatter"));
		assertFalse(text.contains("not wanted"));
		log.close();
	}
}
