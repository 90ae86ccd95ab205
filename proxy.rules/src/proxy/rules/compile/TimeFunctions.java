package proxy.rules.compile;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.ToLongFunction;
import proxy.rules.node.IntNode;
import proxy.rules.node.Node;
import proxy.rules.node.TextNode;
import proxy.rules.node.ValueNode;
import proxy.rules.value.DurationSyntax;
import proxy.rules.value.TimestampSyntax;
import proxy.rules.value.Type;

/** {@code now}, {@code Timestamp}, {@code Duration} and the parts of a Timestamp, in its own offset from UTC. */
final class TimeFunctions {

	private TimeFunctions() {}

	static void addTo(Map<String, Function> functions) {
		functions.put("now", new Function("now()", 0, 0, false, false, arguments -> now()));
		functions.put("Timestamp", Function.of("Timestamp(\"2026-01-31T12:00:00Z\")", 1, TimeFunctions::timestamp));
		functions.put("Duration", Function.of("Duration(\"1h30m\")", 1, TimeFunctions::duration));
		part(functions, "unix", OffsetDateTime::toEpochSecond);
		part(functions, "year", OffsetDateTime::getYear);
		part(functions, "month", time -> time.getMonthValue() - 1);
		part(functions, "getDate", OffsetDateTime::getDayOfMonth);
		part(functions, "getDayOfMonth", time -> time.getDayOfMonth() - 1);
		part(functions, "getDayOfYear", time -> time.getDayOfYear() - 1);
		part(functions, "getDayOfWeek", time -> time.getDayOfWeek().getValue() % 7);
		part(functions, "getHours", OffsetDateTime::getHour);
		part(functions, "getMinutes", OffsetDateTime::getMinute);
		part(functions, "seconds", OffsetDateTime::getSecond);
		part(functions, "milliseconds", time -> time.getNano() / 1_000_000);
	}

	private static void part(Map<String, Function> functions, String name, ToLongFunction<OffsetDateTime> part) {
		functions.put(name, Function.of("timestamp." + name + "()", 1, arguments -> {
			Node node = arguments.of(Type.TIMESTAMP, 0);
			return (IntNode) (facts, locals) -> {
				Object value = node.value(facts, locals);
				if (value instanceof OffsetDateTime time) {
					return part.applyAsLong(time);
				}
				throw Coercion.unexpected(value, Type.TIMESTAMP, name + "()");
			};
		}));
	}

	private static Node now() {
		return new ValueNode(Type.TIMESTAMP, (facts, locals) -> OffsetDateTime.now(ZoneOffset.UTC));
	}

	private static Node timestamp(Arguments arguments) {
		TextNode text = arguments.text(0);
		return new ValueNode(Type.TIMESTAMP, (facts, locals) -> TimestampSyntax.parse(text.text(facts, locals)));
	}

	private static Node duration(Arguments arguments) {
		TextNode text = arguments.text(0);
		return new ValueNode(Type.DURATION, (facts, locals) -> DurationSyntax.parse(text.text(facts, locals)));
	}
}
