package proxy.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.KeyValuePair;

class JsonFormatTest {

	private static final long TIME = 1_767_225_600_123L; // 2026-01-01T00:00:00.123Z

	@Test
	void writesTimestampLevelMessagePairsAndTarget() {
		LoggingEvent event = event("tls: certificate saved", null);
		event.addKeyValuePair(new KeyValuePair("domain", "api.example"));
		event.addKeyValuePair(new KeyValuePair("days", 89));
		event.addKeyValuePair(new KeyValuePair("renewed", true));
		event.addKeyValuePair(new KeyValuePair("ratio", Double.NaN));
		event.addKeyValuePair(new KeyValuePair("nothing", null));
		assertEquals(
				"{\"timestamp\":\"2026-01-01T00:00:00.123Z\",\"level\":\"info\",\"message\":\"tls: certificate saved\","
						+ "\"domain\":\"api.example\",\"days\":89,\"renewed\":true,\"ratio\":\"NaN\",\"nothing\":null,"
						+ "\"target\":\"proxy.tls\"}\n",
				json(event));
	}

	@Test
	void keepsNamesUnique() {
		LoggingEvent event = event("m", null);
		event.addKeyValuePair(new KeyValuePair("level", "x"));
		event.addKeyValuePair(new KeyValuePair("a", 1));
		event.addKeyValuePair(new KeyValuePair("a", 2));
		assertTrue(json(event).contains("\"_level\":\"x\",\"a\":1,\"_a\":2"), json(event));
	}

	@ParameterizedTest
	@CsvSource(delimiter = ' ', value = {
		"0022 \\\"", "005c \\\\\\\\", "000a \\\\n", "000d \\\\r", "0009 \\\\t", "0000 \\\\u0000", "001b \\\\u001b", "007f \\\\u007f",
		"009b \\\\u009b", "2028 \\\\u2028"
	})
	void escapes(String character, String expected) {
		LoggingEvent event = event(Character.toString(Integer.parseInt(character, 16)), null);
		assertTrue(json(event).contains("\"message\":\"" + expected.replace("\\\\", "\\") + "\","), json(event));
	}

	@Test
	void leavesTextOutsideAsciiAlone() {
		assertTrue(json(event("Grüße 日本 😀", null)).contains("\"message\":\"Grüße 日本 😀\""));
	}

	@Test
	void tellsTroubleWithTheWorldByItsMessagesOnly() {
		IOException trouble = new IOException("upstream", new ConnectException("Connection refused"));
		assertTrue(json(event("m", trouble))
				.contains("\"exception\":\"IOException: upstream <- ConnectException: Connection refused\""));
	}

	@Test
	void addsTheInnermostCallsToAMistake() {
		String line = json(event("m", new IllegalStateException("odd")));
		assertTrue(line.contains("\"exception\":\"IllegalStateException: odd at proxy.log.JsonFormatTest."), line);
		assertEquals(1, line.lines().count());
	}

	private static String json(LoggingEvent event) {
		StringBuilder line = new StringBuilder();
		new JsonFormat(ThrowableText.SHORT).append(line, event);
		return line.toString();
	}

	private static LoggingEvent event(String message, Throwable throwable) {
		Logger logger = new LoggerContext().getLogger("proxy.tls");
		LoggingEvent event = new LoggingEvent("", logger, Level.INFO, message, throwable, null);
		event.setInstant(java.time.Instant.ofEpochMilli(TIME));
		return event;
	}
}
