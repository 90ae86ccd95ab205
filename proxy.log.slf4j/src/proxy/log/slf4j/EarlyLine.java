package proxy.log.slf4j;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** An event for people, on a line: {@code 12:34:56.789 WARN Server: no room: java.io.IOException: disk full}. */
final class EarlyLine {

	private EarlyLine() {}

	static String of(ILoggingEvent event) {
		LocalTime time = LocalTime.ofInstant(event.getInstant(), ZoneId.systemDefault()).truncatedTo(ChronoUnit.MILLIS);
		String logger = event.getLoggerName();
		StringBuilder line = new StringBuilder(128);
		line.append(time).append(' ').append(event.getLevel());
		line.append(' ').append(logger, logger.lastIndexOf('.') + 1, logger.length());
		line.append(": ").append(event.getFormattedMessage());
		for (IThrowableProxy at = event.getThrowableProxy(); at != null; at = at.getCause()) {
			line.append(": ").append(at.getClassName()).append(": ").append(at.getMessage());
		}
		return line.append(System.lineSeparator()).toString();
	}
}
