package proxy.rules.compile;

import java.util.Map;
import proxy.rules.node.BoolNode;
import proxy.rules.node.Constant;
import proxy.rules.node.Node;
import proxy.rules.node.TextNode;
import proxy.rules.node.ValueNode;
import proxy.rules.value.Regex;
import proxy.rules.value.Type;

/** {@code starts_with}, {@code ends_with}, {@code matches} and {@code Regex}. */
final class TextFunctions {

	private TextFunctions() {}

	static void addTo(Map<String, Function> functions) {
		functions.put("starts_with", Function.of("text.starts_with(prefix)", 2, TextFunctions::startsWith));
		functions.put("ends_with", Function.of("text.ends_with(suffix)", 2, TextFunctions::endsWith));
		functions.put("matches", Function.of("text.matches(Regex(\"...\"))", 2, TextFunctions::matches));
		functions.put("Regex", Function.of("Regex(\"...\")", 1, TextFunctions::regex));
	}

	private static BoolNode startsWith(Arguments arguments) {
		TextNode text = arguments.text(0);
		TextNode prefix = arguments.text(1);
		return (facts, locals) -> text.text(facts, locals).startsWith(prefix.text(facts, locals));
	}

	private static BoolNode endsWith(Arguments arguments) {
		TextNode text = arguments.text(0);
		TextNode suffix = arguments.text(1);
		return (facts, locals) -> text.text(facts, locals).endsWith(suffix.text(facts, locals));
	}

	private static BoolNode matches(Arguments arguments) {
		TextNode text = arguments.text(0);
		if (arguments.node(1).type() == Type.STRING) {
			throw arguments.error(1, "matches() needs a Regex, not a String, did you mean Regex(...)?");
		}
		Node pattern = arguments.of(Type.REGEX, 1);
		if (pattern.isConstant()) {
			Regex regex = (Regex) Constant.value(pattern);
			return (facts, locals) -> regex.isIn(text.text(facts, locals));
		}
		return (facts, locals) -> {
			Object regex = pattern.value(facts, locals);
			if (regex instanceof Regex known) {
				return known.isIn(text.text(facts, locals));
			}
			throw Coercion.unexpected(regex, Type.REGEX, "matches()");
		};
	}

	private static Node regex(Arguments arguments) {
		TextNode pattern = arguments.text(0);
		RegexCache cache = new RegexCache();
		return new ValueNode(Type.REGEX, (facts, locals) -> cache.get(pattern.text(facts, locals)));
	}
}
