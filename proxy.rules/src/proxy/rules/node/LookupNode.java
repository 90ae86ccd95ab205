package proxy.rules.node;

import java.util.List;
import java.util.Locale;
import proxy.api.rule.RequestFacts;
import proxy.rules.value.Type;

/**
 * Something of a request that is looked up by name: {@code headers}, {@code query}, {@code cookies}. What is absent is
 * "". As a value it is the List of its names.
 *
 * @param anyCase whether the case of letters in names does not matter
 * @param names null when they are not known
 */
public record LookupNode(String name, boolean anyCase, Lookup text, Presence presence, Names names) implements Node {

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
		if (key.isConstant()) {
			String constant = constant(key);
			return (facts, locals) -> text.of(facts, constant);
		}
		return (facts, locals) -> text.of(facts, key.text(facts, locals));
	}

	public BoolNode has(TextNode key) {
		if (key.isConstant()) {
			String constant = constant(key);
			return (facts, locals) -> presence.of(facts, constant);
		}
		return (facts, locals) -> presence.of(facts, key.text(facts, locals));
	}

	/** Spares the gateway the lowering of field names. */
	private String constant(TextNode key) {
		String name = key.text(null, null);
		return anyCase ? name.toLowerCase(Locale.ROOT) : name;
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
