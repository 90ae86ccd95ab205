package proxy.rules.compile;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import proxy.api.rule.EvaluationException;
import proxy.rules.node.IntNode;
import proxy.rules.node.LookupNode;
import proxy.rules.node.Node;
import proxy.rules.node.TextNode;
import proxy.rules.node.ValueNode;
import proxy.rules.value.Bytes;
import proxy.rules.value.Text;
import proxy.rules.value.Type;
import proxy.rules.value.Values;

/** {@code contains}, {@code length}, {@code min} and {@code max}. */
final class CollectionFunctions {

	private static final List<Type> WITH_LENGTH = List.of(Type.STRING, Type.BYTES, Type.LIST, Type.MAP);

	private CollectionFunctions() {}

	static void addTo(Map<String, Function> functions) {
		functions.put("contains", Function.ofLookup("container.contains(element)", 2, CollectionFunctions::contains));
		functions.put("length", Function.ofLookup("value.length()", 1, CollectionFunctions::length));
		functions.put("max", new Function("max(a, b, ...)", 0, Integer.MAX_VALUE, true, false, a -> extreme(a, 1)));
		functions.put("min", new Function("min(a, b, ...)", 0, Integer.MAX_VALUE, true, false, a -> extreme(a, -1)));
	}

	private static Node contains(Arguments arguments) {
		return Membership.of(arguments.node(0), arguments.node(1), arguments.at());
	}

	private static IntNode length(Arguments arguments) {
		Node node = arguments.of(WITH_LENGTH, 0);
		if (node instanceof TextNode text) {
			return (facts, locals) -> Text.length(text.text(facts, locals));
		}
		if (node instanceof LookupNode lookup && lookup.names() == null) {
			throw arguments.error(0, "the names in '" + lookup.name() + "' cannot be counted");
		}
		return (facts, locals) -> length(node.value(facts, locals));
	}

	private static long length(Object value) {
		if (value instanceof String text) {
			return Text.length(text);
		} else if (value instanceof List<?> list) {
			return list.size();
		} else if (value instanceof Map<?, ?> map) {
			return map.size();
		} else if (value instanceof Bytes bytes) {
			return bytes.octets().length();
		}
		throw new EvaluationException("length() is not defined for " + Text.shown(value));
	}

	/** @param sign 1 for the greatest, -1 for the smallest */
	private static Node extreme(Arguments arguments, int sign) {
		Node[] nodes = arguments.nodes().toArray(Node[]::new);
		if (nodes.length == 2 && nodes[0] instanceof IntNode a && nodes[1] instanceof IntNode b) {
			return (IntNode) (facts, locals) -> {
				long left = a.number(facts, locals);
				long right = b.number(facts, locals);
				return left < right == sign < 0 ? left : right;
			};
		}
		return new ValueNode(Type.ANY, (facts, locals) -> {
			Object[] values = new Object[nodes.length];
			for (int i = 0; i < nodes.length; i++) {
				values[i] = nodes[i].value(facts, locals);
			}
			return values.length == 1 && values[0] instanceof List<?> list
					? extreme(list, sign)
					: extreme(Arrays.asList(values), sign);
		});
	}

	private static Object extreme(List<?> values, int sign) {
		if (values.isEmpty()) {
			return null;
		}
		Object extreme = values.get(0);
		for (int i = 1; i < values.size(); i++) {
			Object value = values.get(i);
			if (Values.compare(value, extreme) * sign > 0) {
				extreme = value;
			}
		}
		return extreme;
	}
}
