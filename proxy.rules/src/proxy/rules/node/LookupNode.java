package proxy.rules.node;

import java.util.List;
import proxy.api.rule.RequestFacts;
import proxy.rules.value.Type;

/**
 * Something of a request that is looked up by name: {@code headers}, {@code query}, {@code cookies}. What is absent is
 * "". As a value it is the List of its names.
 *
 * @param names null when they are not known
 */
public record LookupNode(String name, Lookup text, Presence presence, Names names) implements Node {

	@FunctionalInterface
	public interface Lookup {

		/** The named text, "" when absent. */
		String of(RequestFacts facts, String name);
	}

	@FunctionalInterface
	public interface Presence {

		boolean of(RequestFacts facts, String name);
	}

	@FunctionalInterface
	public interface Names {

		List<String> of(RequestFacts facts);
	}

	public TextNode get(TextNode key) {
		return (facts, locals) -> text.of(facts, key.text(facts, locals));
	}

	public BoolNode has(TextNode key) {
		return (facts, locals) -> presence.of(facts, key.text(facts, locals));
	}

	@Override
	public Type type() {
		return Type.MAP;
	}

	@Override
	public Object value(RequestFacts facts, Object[] locals) {
		return names.of(facts);
	}
}
