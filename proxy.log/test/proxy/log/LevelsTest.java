package proxy.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import org.junit.jupiter.api.Test;

class LevelsTest {

	private static final String[] NONE = {};

	@Test
	void isInfoWithoutAnySettingAndWarnForLibraries() throws Exception {
		Levels levels = Levels.of("", NONE, "");
		assertEquals(Level.INFO, levels.levels().get("ROOT"));
		assertEquals(Level.WARN, levels.levels().get("org.eclipse.jetty"));
		assertTrue(!levels.verbose());
	}

	@Test
	void readsTheEnvironmentAsRustLog() throws Exception {
		Levels levels = Levels.of("", NONE, "warn, proxy.tls.acme=debug,=,nonsense=1,org.eclipse.jetty=info");
		assertEquals(Level.WARN, levels.levels().get("ROOT"));
		assertEquals(Level.DEBUG, levels.levels().get("proxy.tls.acme"));
		assertEquals(Level.INFO, levels.levels().get("org.eclipse.jetty"));
		assertTrue(levels.verbose());
	}

	@Test
	void prefersTheSettingToTheEnvironment() throws Exception {
		assertEquals(Level.ERROR, Levels.of("error", NONE, "trace").levels().get("ROOT"));
	}

	@Test
	void namesTheSettingThatIsWrong() {
		assertEquals(
				"log.level: 'loud' is none of off, error, warn, info, debug, trace",
				assertThrows(SettingException.class, () -> Levels.of("loud", NONE, "")).getMessage());
		assertEquals(
				"log.loggers: 'proxy.tls' is not of the form name=level, such as proxy.tls.acme=debug",
				assertThrows(SettingException.class, () -> Levels.of("", new String[] {"proxy.tls"}, "")).getMessage());
		assertEquals(
				"log.loggers: 'x' is none of off, error, warn, info, debug, trace",
				assertThrows(SettingException.class, () -> Levels.of("", new String[] {"a=x"}, "")).getMessage());
	}

	@Test
	void isUndoneByWhatApplyReturns() throws Exception {
		LoggerContext context = new LoggerContext();
		Levels before = Levels.of("trace", new String[] {"a.b=off"}, "").apply(context);
		assertEquals(Level.OFF, context.getLogger("a.b").getEffectiveLevel());
		before.apply(context);
		assertEquals(Level.DEBUG, context.getLogger("a.b").getEffectiveLevel());
		assertEquals(null, context.getLogger("a.b").getLevel());
	}
}
