package proxy.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class HumanFormatTest {

	@Test
	void writesTimeLevelMessageAndPairs() {
		LoggingEvent event = event("routing table 7");
		event.addKeyValuePair(new KeyValuePair("listeners", 2));
		event.addKeyValuePair(new KeyValuePair("reason", "not found"));
		event.addKeyValuePair(new KeyValuePair("empty", ""));
		assertEquals(
				"00:00:00.123 WARN  routing table 7 listeners=2 reason=\"not found\" empty=\"\"\n", line(event, Paint.NONE));
	}

	@Test
	void paintsOnlyWhereThereAreColours() {
		assertTrue(line(event("m"), Paint.COLOURS).contains("\u001b[33mWARN\u001b[0m"));
		assertTrue(line(event("m"), Paint.NONE).chars().noneMatch(c -> c == 0x1b));
	}

	@Test
	void letsNoControlCharacterThrough() {
		LoggingEvent event = event("a\u001b[2Jb\nc\u009bd");
		event.addKeyValuePair(new KeyValuePair("k", "\u001b]0;title\u0007"));
		assertEquals(
				"00:00:00.123 WARN  a\\x1b[2Jb\\nc\\x9bd k=\\x1b]0;title\\x07\n", line(event, Paint.NONE));
	}

	private static String line(LoggingEvent event, Paint paint) {
		StringBuilder line = new StringBuilder();
		new HumanFormat(ThrowableText.SHORT, paint, ZoneOffset.UTC).append(line, event);
		return line.toString();
	}

	private static LoggingEvent event(String message) {
		LoggingEvent event =
				new LoggingEvent("", new LoggerContext().getLogger("proxy.core"), Level.WARN, message, null, null);
		event.setInstant(Instant.ofEpochMilli(1_767_225_600_123L));
		return event;
	}
}
