package proxy.service.files;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/** Dates in fields, to the second (RFC 9110 section 5.6.7). */
final class HttpDate {

	private static final DateTimeFormatter IMF_FIXDATE = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

	private static final List<DateTimeFormatter> OBSOLETE = List.of(
			new DateTimeFormatterBuilder()
					.appendPattern("EEEE, dd-MMM-")
					.appendValueReduced(ChronoField.YEAR, 2, 2, LocalDate.now(ZoneOffset.UTC).minusYears(49))
					.appendPattern(" HH:mm:ss 'GMT'")
					.toFormatter(Locale.ENGLISH),
			DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH));

	private HttpDate() {}

	static String format(long epochSecond) {
		return IMF_FIXDATE.format(Instant.ofEpochSecond(epochSecond).atOffset(ZoneOffset.UTC));
	}

	/** Seconds since 1970, or null when it is no date. */
	static Long parse(String text) {
		Long recent = parse(IMF_FIXDATE, text);
		for (int i = 0; recent == null && i < OBSOLETE.size(); i++) {
			recent = parse(OBSOLETE.get(i), text);
		}
		return recent;
	}

	private static Long parse(DateTimeFormatter format, String text) {
		try {
			return LocalDateTime.parse(text, format).toEpochSecond(ZoneOffset.UTC);
		} catch (DateTimeException other) {
			return null;
		}
	}
}
