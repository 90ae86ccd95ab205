package proxy.rules.compile;

import java.util.List;
import proxy.rules.node.Node;
import proxy.rules.node.TextNode;
import proxy.rules.syntax.SourceError;
import proxy.rules.value.Type;

/**
 * What a function is called with; the text in front of the dot is the first argument.
 *
 * @param at of the call
 * @param places of the arguments
 */
record Arguments(String function, int at, List<Node> nodes, List<Integer> places) {

	int size() {
		return nodes.size();
	}

	Node node(int i) {
		return nodes.get(i);
	}

	TextNode text(int i) {
		return Coercion.text(node(i), function + "()", places.get(i));
	}

	/** The argument, unless it is known to be of another type. */
	Node of(Type type, int i) {
		Coercion.require(node(i), type, function + "()", places.get(i));
		return node(i);
	}

	/** The argument, unless it is known to be of none of these types. */
	Node of(List<Type> types, int i) {
		if (types.stream().noneMatch(type -> node(i).type().mayBe(type))) {
			throw wrong(i);
		}
		return node(i);
	}

	SourceError wrong(int i) {
		return new SourceError(places.get(i), function + "() is not defined for " + node(i).type().one());
	}

	SourceError error(int i, String reason) {
		return new SourceError(places.get(i), reason);
	}
}
