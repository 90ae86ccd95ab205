package proxy.rules.compile;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import proxy.api.rule.EvaluationException;
import proxy.rules.node.IntNode;
import proxy.rules.node.Node;
import proxy.rules.node.TextNode;
import proxy.rules.node.ValueNode;
import proxy.rules.value.Bytes;
import proxy.rules.value.DurationSyntax;
import proxy.rules.value.Ip;
import proxy.rules.value.Regex;
import proxy.rules.value.Text;
import proxy.rules.value.TimestampSyntax;
import proxy.rules.value.Type;

/** {@code String}, {@code Int}, {@code Float}, {@code Bytes} and {@code Ip}. */
final class ConversionFunctions {

	private static final List<Type> NUMBERS = List.of(Type.INT, Type.FLOAT, Type.STRING);
	private static final List<Type> WRITABLE = List.of(
			Type.STRING, Type.INT, Type.FLOAT, Type.BYTES, Type.IP, Type.REGEX, Type.DURATION, Type.TIMESTAMP);

	private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,30}");
	private static final Pattern DECIMAL = Pattern.compile(
			"[+-]?(([0-9]{1,300}(\\.[0-9]{0,300})?|\\.[0-9]{1,300})([eE][+-]?[0-9]{1,5})?)");
	private static final double BEYOND_LONG = 0x1p63;

	private ConversionFunctions() {}

	static void addTo(Map<String, Function> functions) {
		functions.put("String", Function.of("String(value)", 1, ConversionFunctions::string));
		functions.put("Int", Function.of("Int(value)", 1, ConversionFunctions::integer));
		functions.put("Float", Function.of("Float(value)", 1, ConversionFunctions::number));
		functions.put("Bytes", Function.of("Bytes(text)", 1, ConversionFunctions::bytes));
		functions.put("Ip", Function.of("Ip(\"10.0.0.0/8\")", 1, ConversionFunctions::ip));
	}

	private static TextNode string(Arguments arguments) {
		Node node = arguments.of(WRITABLE, 0);
		return node instanceof TextNode text ? text : (facts, locals) -> string(node.value(facts, locals));
	}

	private static String string(Object value) {
		if (value instanceof String || value instanceof Long || value instanceof Ip || value instanceof Regex) {
			return value.toString();
		} else if (value instanceof Double number) {
			return Text.decimal(number);
		} else if (value instanceof Bytes bytes) {
			return bytes.text();
		} else if (value instanceof Duration duration) {
			return DurationSyntax.format(duration);
		} else if (value instanceof OffsetDateTime time) {
			return TimestampSyntax.format(time);
		}
		throw new EvaluationException("String() is not defined for " + Text.shown(value));
	}

	private static IntNode integer(Arguments arguments) {
		Node node = arguments.of(NUMBERS, 0);
		return node instanceof IntNode integer ? integer : (facts, locals) -> integer(node.value(facts, locals));
	}

	private static long integer(Object value) {
		if (value instanceof Long number) {
			return number;
		} else if (value instanceof Double number) {
			if (!(number >= -BEYOND_LONG && number < BEYOND_LONG)) {
				throw new EvaluationException(Text.shown(value) + " is out of the range of an Int");
			}
			return (long) (double) number;
		} else if (value instanceof String text) {
			try {
				if (INTEGER.matcher(text).matches()) {
					return Long.parseLong(text);
				}
			} catch (NumberFormatException e) {
				// said below
			}
			throw new EvaluationException(Text.quoted(text) + " is no Int");
		}
		throw new EvaluationException("Int() is not defined for " + Text.shown(value));
	}

	private static Node number(Arguments arguments) {
		Node node = arguments.of(NUMBERS, 0);
		return new ValueNode(Type.FLOAT, (facts, locals) -> number(node.value(facts, locals)));
	}

	private static Double number(Object value) {
		if (value instanceof Double number) {
			return number;
		} else if (value instanceof Long number) {
			return (double) number;
		} else if (value instanceof String text) {
			if (DECIMAL.matcher(text).matches()) {
				return Double.valueOf(text);
			}
			return special(text);
		}
		throw new EvaluationException("Float() is not defined for " + Text.shown(value));
	}

	private static Double special(String text) {
		switch (text.toLowerCase(Locale.ROOT)) {
			case "nan":
			case "+nan":
			case "-nan":
				return Double.NaN;
			case "inf":
			case "+inf":
			case "infinity":
			case "+infinity":
				return Double.POSITIVE_INFINITY;
			case "-inf":
			case "-infinity":
				return Double.NEGATIVE_INFINITY;
			default:
				throw new EvaluationException(Text.quoted(text) + " is no Float");
		}
	}

	private static Node bytes(Arguments arguments) {
		TextNode text = arguments.text(0);
		return new ValueNode(Type.BYTES, (facts, locals) -> Bytes.utf8(text.text(facts, locals)));
	}

	private static Node ip(Arguments arguments) {
		TextNode text = arguments.text(0);
		return new ValueNode(Type.IP, (facts, locals) -> Ip.of(text.text(facts, locals)));
	}
}
