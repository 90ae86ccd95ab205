package proxy.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.slf4j.event.KeyValuePair;

/** Lines for people: local time, level, message, key=value. */
final class HumanFormat implements EventFormat {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

	private final ThrowableText throwables;
	private final Paint paint;
	private final ZoneId zone;

	HumanFormat(ThrowableText throwables, Paint paint, ZoneId zone) {
		this.throwables = throwables;
		this.paint = paint;
		this.zone = zone;
	}

	@Override
	public void append(StringBuilder to, ILoggingEvent event) {
		paint.dim(to, TIME.format(Instant.ofEpochMilli(event.getTimeStamp()).atZone(zone)));
		Level level = event.getLevel();
		to.append(' ');
		paint.level(to, level);
		to.append(level.levelStr.length() == 4 ? "  " : " ");
		visible(to, String.valueOf(event.getFormattedMessage()), false);
		List<KeyValuePair> pairs = event.getKeyValuePairs();
		if (pairs != null) {
			for (KeyValuePair pair : pairs) {
				to.append(' ');
				paint.dim(to, pair.key + "=");
				value(to, String.valueOf(pair.value));
			}
		}
		IThrowableProxy throwable = event.getThrowableProxy();
		if (throwable != null) {
			to.append(throwables == ThrowableText.FULL ? "\n" : "  ");
			visible(to, throwables.of(throwable), throwables == ThrowableText.FULL);
		}
		to.append('\n');
	}

	private static void value(StringBuilder to, String text) {
		if (text.isEmpty() || text.chars().anyMatch(c -> c == ' ' || c == '"' || c == '=')) {
			Json.string(to, text);
		} else {
			visible(to, text, false);
		}
	}

	/** Control characters come from outside too and must not reach the terminal. */
	private static void visible(StringBuilder to, String text, boolean lines) {
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c >= 0x20 && c != 0x7F && !(c >= 0x80 && c < 0xA0) || lines && (c == '\n' || c == '\t')) {
				to.append(c);
			} else if (c == '\n') {
				to.append("\\n");
			} else {
				to.append(String.format("\\x%02x", (int) c));
			}
		}
	}
}
