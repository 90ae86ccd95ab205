package proxy.rules.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import proxy.api.rule.EvaluationException;
import proxy.rules.node.BoolNode;
import proxy.rules.node.Constant;
import proxy.rules.node.LookupNode;
import proxy.rules.node.Node;
import proxy.rules.node.ValueNode;
import proxy.rules.syntax.SourceError;
import proxy.rules.value.Text;
import proxy.rules.value.Type;

/** {@code all}, {@code any}, {@code map} and {@code filter} over the elements of a list or the keys of a map. */
final class Macros {

	static final Set<String> NAMES = Set.of("all", "any", "map", "filter", "has");

	private Macros() {}

	static boolean isIteration(String name) {
		return NAMES.contains(name) && !name.equals("has");
	}

	/** @param body over the variable in the slot */
	static Node of(String name, Node elements, int slot, Node body, int at) {
		switch (name) {
			case "any":
				return search(elements, slot, Coercion.bool(body, "any()", at), true);
			case "all":
				return search(elements, slot, Coercion.bool(body, "all()", at), false);
			case "filter":
				return filter(elements, slot, Coercion.bool(body, "filter()", at));
			default:
				return map(elements, slot, body);
		}
	}

	private static BoolNode search(Node elements, int slot, BoolNode body, boolean sought) {
		return (facts, locals) -> {
			for (Object element : elements(elements.value(facts, locals))) {
				locals[slot] = element;
				if (body.test(facts, locals) == sought) {
					return sought;
				}
			}
			return !sought;
		};
	}

	private static Node filter(Node elements, int slot, BoolNode body) {
		return new ValueNode(Type.LIST, (facts, locals) -> {
			List<Object> list = new ArrayList<>();
			for (Object element : elements(elements.value(facts, locals))) {
				locals[slot] = element;
				if (body.test(facts, locals)) {
					list.add(element);
				}
			}
			return list;
		});
	}

	private static Node map(Node elements, int slot, Node body) {
		return new ValueNode(Type.LIST, (facts, locals) -> {
			List<Object> list = new ArrayList<>();
			for (Object element : elements(elements.value(facts, locals))) {
				locals[slot] = element;
				list.add(body.value(facts, locals));
			}
			return list;
		});
	}

	private static Iterable<?> elements(Object value) {
		if (value instanceof List<?> list) {
			return list;
		} else if (value instanceof Map<?, ?> map) {
			return map.keySet();
		}
		throw new EvaluationException(Text.shown(value) + " has no elements");
	}

	/** The type that all elements have; refuses what has no elements. */
	static Type elementType(Node of, String macro, int at) {
		if (of instanceof LookupNode lookup) {
			if (lookup.names() == null) {
				throw new SourceError(at, "the names in '" + lookup.name() + "' cannot be listed");
			}
			return Type.STRING;
		}
		if (!of.type().mayBe(Type.LIST) && !of.type().mayBe(Type.MAP)) {
			throw new SourceError(at, macro + "() needs a List or a Map, not " + of.type().one());
		}
		if (!of.isConstant()) {
			return Type.ANY;
		}
		Type common = null;
		for (Object element : elements(Constant.value(of))) {
			Type type = Type.of(element);
			common = common == null || common == type ? type : Type.ANY;
		}
		return common == null ? Type.ANY : common;
	}
}
