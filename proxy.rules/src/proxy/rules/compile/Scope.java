package proxy.rules.compile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import proxy.rules.node.IntNode;
import proxy.rules.node.Node;
import proxy.rules.node.TextNode;
import proxy.rules.node.ValueNode;
import proxy.rules.value.Type;

/** The names that can be used at some place of an expression: the request's variables, and those of the macros around. */
final class Scope {

	private record Local(String name, Node node) {}

	private final Map<String, Node> variables;
	private final List<Local> locals = new ArrayList<>();
	private int slots;

	Scope(Map<String, Node> variables) {
		this.variables = variables;
	}

	/** How many slots an evaluation needs for the variables of macros. */
	int slots() {
		return slots;
	}

	/** Null when there is no such name. */
	Node find(String name) {
		for (int i = locals.size() - 1; i >= 0; i--) {
			if (locals.get(i).name().equals(name)) {
				return locals.get(i).node();
			}
		}
		return variables.get(name);
	}

	Collection<String> names() {
		Collection<String> names = new LinkedHashSet<>(variables.keySet());
		locals.forEach(local -> names.add(local.name()));
		return names;
	}

	/**
	 * Declares a variable until {@link #leave}.
	 *
	 * @return its slot
	 */
	int enter(String name, Type type) {
		int slot = locals.size();
		locals.add(new Local(name, local(type, slot)));
		slots = Math.max(slots, slot + 1);
		return slot;
	}

	void leave() {
		locals.remove(locals.size() - 1);
	}

	private static Node local(Type type, int slot) {
		if (type == Type.STRING) {
			return (TextNode) (facts, locals) -> (String) locals[slot];
		}
		if (type == Type.INT) {
			return (IntNode) (facts, locals) -> (Long) locals[slot];
		}
		return new ValueNode(type, (facts, locals) -> locals[slot]);
	}
}
