package proxy.rules.value;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import proxy.api.rule.EvaluationException;

/** Durations as text: {@code 1h30m}, {@code -1.5s}, {@code 0}. */
public final class DurationSyntax {

	private static final Pattern PART = Pattern.compile("([0-9]{1,20}(?:\\.[0-9]{0,20})?|\\.[0-9]{1,20})(h|ms|us|ns|m|s)");

	private DurationSyntax() {}

	/** @throws EvaluationException when the text is no duration */
	public static Duration parse(String text) {
		boolean negative = text.startsWith("-");
		String rest = negative ? text.substring(1) : text;
		if (rest.equals("0")) {
			return Duration.ZERO;
		}
		BigDecimal nanos = BigDecimal.ZERO;
		Matcher part = PART.matcher(rest);
		int end = 0;
		while (part.find() && part.start() == end) {
			nanos = nanos.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(nanos(part.group(2)))));
			end = part.end();
		}
		if (end == 0 || end < rest.length()) {
			throw new EvaluationException(
					Text.quoted(text) + " is no duration: write numbers with the units h, m, s, ms, us, ns, such as \"1h30m\"");
		}
		return duration(negative ? nanos.negate() : nanos, text);
	}

	private static Duration duration(BigDecimal nanos, String text) {
		try {
			return Duration.ofNanos(nanos.setScale(0, RoundingMode.DOWN).longValueExact());
		} catch (ArithmeticException e) {
			throw new EvaluationException("the duration " + Text.quoted(text) + " is out of range");
		}
	}

	private static long nanos(String unit) {
		switch (unit) {
			case "h":
				return 3_600_000_000_000L;
			case "m":
				return 60_000_000_000L;
			case "s":
				return 1_000_000_000L;
			case "ms":
				return 1_000_000L;
			case "us":
				return 1_000L;
			default:
				return 1L;
		}
	}

	/** With all units from the largest that is not zero down to seconds (1h30m0s); below a second with one unit (1.5ms). */
	public static String format(Duration duration) {
		if (duration.isZero()) {
			return "0s";
		}
		Duration size = duration.abs();
		String sign = duration.isNegative() ? "-" : "";
		if (size.getSeconds() == 0) {
			return sign + belowSecond(size.getNano());
		}
		long minutes = size.toMinutes();
		String seconds = fraction(size.minusMinutes(minutes).toNanos(), 1_000_000_000L) + "s";
		return sign + (minutes >= 60 ? minutes / 60 + "h" : "") + (minutes > 0 ? minutes % 60 + "m" : "") + seconds;
	}

	private static String belowSecond(int nanos) {
		if (nanos < 1_000) {
			return nanos + "ns";
		}
		return nanos < 1_000_000 ? fraction(nanos, 1_000) + "µs" : fraction(nanos, 1_000_000) + "ms";
	}

	private static String fraction(long nanos, long unit) {
		return BigDecimal.valueOf(nanos).divide(BigDecimal.valueOf(unit)).stripTrailingZeros().toPlainString();
	}
}
