package proxy.rules.compile;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import proxy.api.rule.EvaluationException;
import proxy.rules.node.BoolNode;
import proxy.rules.node.Constant;
import proxy.rules.node.ListsNode;
import proxy.rules.node.LookupNode;
import proxy.rules.node.Node;
import proxy.rules.node.RecordNode;
import proxy.rules.node.TextNode;
import proxy.rules.node.ValueNode;
import proxy.rules.syntax.SourceError;
import proxy.rules.value.Text;
import proxy.rules.value.Type;

/** {@code of.name}, {@code of[key]} and {@code has(of.name)}. */
final class Access {

	private Access() {}

	static Node member(Node of, String name, int at) {
		if (of instanceof RecordNode record) {
			return part(record, name, at);
		} else if (of instanceof LookupNode lookup) {
			return lookup.get((TextNode) Constant.of(name));
		} else if (of instanceof ListsNode lists) {
			return list(lists, name, at);
		} else if (!of.type().mayBe(Type.MAP)) {
			throw new SourceError(at, of.type().one() + " has no parts" + functionMeant(name));
		}
		return new ValueNode(Type.ANY, (facts, locals) -> member(of.value(facts, locals), name));
	}

	private static Node part(RecordNode record, String name, int at) {
		Node part = record.parts().get(name);
		if (part == null) {
			String suggestion = Suggestion.of(name, record.parts().keySet());
			throw new SourceError(at, "unknown variable '" + record.name() + "." + name + "'" + suggestion);
		}
		return part;
	}

	private static Node list(ListsNode lists, String name, int at) {
		if (lists.known() != null && !lists.known().contains(name)) {
			throw new SourceError(at, "unknown list '" + name + "'" + Suggestion.of(name, lists.known()));
		}
		return lists.get(name);
	}

	private static String functionMeant(String name) {
		return Functions.NAMES.contains(name) ? ": '" + name + "' is a function, write " + name + "(...)" : "";
	}

	private static Object member(Object of, String name) {
		if (of instanceof Map<?, ?> map && map.containsKey(name)) {
			return map.get(name);
		}
		throw new EvaluationException("no such key: " + name);
	}

	static Node index(Node of, Node key, int at) {
		if (key.isConstant() && Constant.value(key) instanceof String name && !(of instanceof LookupNode)) {
			if (of instanceof RecordNode record) {
				return part(record, name, at);
			} else if (of instanceof ListsNode lists) {
				return list(lists, name, at);
			}
		}
		if (of instanceof LookupNode lookup) {
			return lookup.get(Coercion.text(key, lookup.name() + "[...]", at));
		}
		refuseImpossible(of.type(), key.type(), at);
		return new ValueNode(Type.ANY, (facts, locals) -> index(of.value(facts, locals), key.value(facts, locals)));
	}

	private static void refuseImpossible(Type of, Type key, int at) {
		boolean possible;
		switch (of) {
			case LIST:
			case STRING:
				possible = key.mayBe(Type.INT);
				break;
			case MAP:
				possible = key.mayBe(Type.STRING) || key.mayBe(Type.INT) || key.mayBe(Type.BOOL);
				break;
			default:
				possible = of == Type.ANY;
		}
		if (!possible) {
			throw new SourceError(at, of.one() + " cannot be indexed with " + key.one());
		}
	}

	/** What is not there is null. */
	private static Object index(Object of, Object key) {
		if (of instanceof List<?> list && key instanceof Long i) {
			return i >= 0 && i < list.size() ? list.get((int) (long) i) : null;
		} else if (of instanceof Map<?, ?> map) {
			return map.get(Membership.key(key));
		} else if (of instanceof String text && key instanceof Long i) {
			return octet(text, i);
		}
		throw new EvaluationException(Text.shown(of) + " cannot be indexed with " + Text.shown(key));
	}

	/** The character at an octet of the UTF-8 form, null when it takes more than that octet. */
	private static String octet(String text, long i) {
		byte[] octets = text.getBytes(StandardCharsets.UTF_8);
		return i >= 0 && i < octets.length && octets[(int) i] >= 0 ? String.valueOf((char) octets[(int) i]) : null;
	}

	/** {@code has(of.name)}: whether it is there. */
	static BoolNode has(Node of, String name) {
		if (of instanceof LookupNode lookup) {
			return lookup.has((TextNode) Constant.of(name));
		} else if (of instanceof RecordNode record) {
			boolean there = record.parts().containsKey(name);
			return (facts, locals) -> there;
		}
		return (facts, locals) -> of.value(facts, locals) instanceof Map<?, ?> map && map.containsKey(name);
	}
}
