package proxy.rules.value;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Values as text. */
public final class Text {

	/** Longer values are cut in messages: they may come from a client. */
	private static final int SHOWN = 60;

	private Text() {}

	/** In double quotes, with control characters made visible and long text cut, for messages. */
	public static String quoted(String text) {
		StringBuilder quoted = new StringBuilder("\"");
		for (int i = 0; i < text.length() && i < SHOWN; i++) {
			char c = text.charAt(i);
			if (c < ' ' || c >= 0x7F && c < 0xA0) {
				quoted.append(String.format("\\x%02x", (int) c));
			} else {
				quoted.append(c == '"' || c == '\\' ? "\\" : "").append(c);
			}
		}
		return quoted.append(text.length() > SHOWN ? "…\"" : "\"").toString();
	}

	/** A value as it would be written in an expression, for messages. */
	public static String shown(Object value) {
		if (value instanceof String text) {
			return quoted(text);
		} else if (value instanceof Double number) {
			String text = decimal(number);
			return text.matches("-?[0-9]+") ? text + ".0" : text;
		} else if (value instanceof List<?> list) {
			return list.size() > 10
					? "a List of " + list.size() + " elements"
					: list.stream().map(Text::shown).collect(Collectors.joining(", ", "[", "]"));
		} else if (value instanceof Map<?, ?> map) {
			return map.entrySet().stream()
					.limit(10)
					.map(entry -> shown(entry.getKey()) + ": " + shown(entry.getValue()))
					.collect(Collectors.joining(", ", "{", "}"));
		} else if (value instanceof Ip || value instanceof Regex) {
			return Type.of(value) + "(" + quoted(value.toString()) + ")";
		} else if (value instanceof Duration duration) {
			return "Duration(\"" + DurationSyntax.format(duration) + "\")";
		} else if (value instanceof OffsetDateTime time) {
			return "Timestamp(\"" + TimestampSyntax.format(time) + "\")";
		}
		return String.valueOf(value);
	}

	/** A number without exponent: 10, 0.5. */
	public static String decimal(double number) {
		if (Double.isNaN(number)) {
			return "NaN";
		}
		if (Double.isInfinite(number)) {
			return number > 0 ? "inf" : "-inf";
		}
		if (number == 0) {
			return 1 / number < 0 ? "-0" : "0";
		}
		return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
	}

	/** Length in octets of UTF-8. */
	public static int length(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (text.charAt(i) >= 0x80) {
				return text.getBytes(StandardCharsets.UTF_8).length;
			}
		}
		return text.length();
	}
}
