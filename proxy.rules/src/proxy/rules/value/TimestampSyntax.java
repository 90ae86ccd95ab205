package proxy.rules.value;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import proxy.api.rule.EvaluationException;

/** Points in time as text (RFC 3339). */
public final class TimestampSyntax {

	private static final OffsetDateTime MIN = OffsetDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
	private static final OffsetDateTime MAX = OffsetDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_999, ZoneOffset.UTC);

	private static final DateTimeFormatter PLAIN = new DateTimeFormatterBuilder()
			.appendPattern("uuuu-MM-dd'T'HH:mm:ss")
			.appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
			.appendOffset("+HH:MM", "+00:00")
			.toFormatter();

	private TimestampSyntax() {}

	/** @throws EvaluationException when the text is no point in time between the years 1 and 9999 */
	public static OffsetDateTime parse(String text) {
		try {
			OffsetDateTime time = OffsetDateTime.parse(text.replace(' ', 'T'), DateTimeFormatter.ISO_OFFSET_DATE_TIME);
			if (isInRange(time)) {
				return time;
			}
		} catch (DateTimeException e) {
			// said below
		}
		throw new EvaluationException(
				Text.quoted(text) + " is no timestamp: write it as in RFC 3339, such as \"2026-01-31T12:00:00Z\"");
	}

	public static boolean isInRange(OffsetDateTime time) {
		return !time.isBefore(MIN) && !time.isAfter(MAX);
	}

	public static String format(OffsetDateTime time) {
		return PLAIN.format(time);
	}
}
