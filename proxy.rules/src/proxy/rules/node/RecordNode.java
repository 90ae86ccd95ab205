package proxy.rules.node;

import java.util.LinkedHashMap;
import java.util.Map;
import proxy.api.rule.RequestFacts;
import proxy.rules.value.Type;

/** A variable with named parts, such as {@code client}. As a value it is a Map of them. */
public record RecordNode(String name, Map<String, Node> parts) implements Node {

	@Override
	public Type type() {
		return Type.MAP;
	}

	@Override
	public Object value(RequestFacts facts, Object[] locals) {
		Map<String, Object> map = new LinkedHashMap<>();
		parts.forEach((part, node) -> {
			// headers and the like have a name of their own, too, and are no part of the value
			if (!(node instanceof LookupNode)) {
				map.put(part, node.value(facts, locals));
			}
		});
		return map;
	}
}
