package proxy.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.event.KeyValuePair;

/** One JSON object a line: timestamp, level, message, the event's own keys, exception, target. */
final class JsonFormat implements EventFormat {

	private static final DateTimeFormatter TIME =
			DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

	private final ThrowableText throwables;

	JsonFormat(ThrowableText throwables) {
		this.throwables = throwables;
	}

	@Override
	public void append(StringBuilder to, ILoggingEvent event) {
		to.append("{\"timestamp\":\"");
		TIME.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), to);
		to.append("\",\"level\":\"").append(event.getLevel().toString().toLowerCase(Locale.ROOT)).append('"');
		member(to, "message", String.valueOf(event.getFormattedMessage()));
		List<KeyValuePair> pairs = event.getKeyValuePairs();
		if (pairs != null) {
			appendPairs(to, pairs);
		}
		IThrowableProxy throwable = event.getThrowableProxy();
		if (throwable != null) {
			member(to, "exception", throwables.of(throwable));
		}
		member(to, "target", event.getLoggerName());
		to.append("}\n");
	}

	/** A key that is taken, by the line itself or by an earlier pair, gets underscores in front: names in an object are unique. */
	private static void appendPairs(StringBuilder to, List<KeyValuePair> pairs) {
		Set<String> taken = new HashSet<>(Set.of("timestamp", "level", "message", "exception", "target"));
		for (KeyValuePair pair : pairs) {
			String key = String.valueOf(pair.key);
			while (!taken.add(key)) {
				key = "_" + key;
			}
			member(to, key, pair.value);
		}
	}

	private static void member(StringBuilder to, String key, Object value) {
		to.append(',');
		Json.string(to, key);
		to.append(':');
		Json.value(to, value);
	}
}
