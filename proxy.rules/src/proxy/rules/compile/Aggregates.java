package proxy.rules.compile;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import proxy.rules.node.Node;
import proxy.rules.node.ValueNode;
import proxy.rules.syntax.SourceError;
import proxy.rules.value.Type;

/** {@code [a, b]} and <code>{key: value}</code>. */
final class Aggregates {

	private Aggregates() {}

	static Node list(Node[] elements) {
		return new ValueNode(Type.LIST, (facts, locals) -> {
			Object[] values = new Object[elements.length];
			for (int i = 0; i < values.length; i++) {
				values[i] = elements[i].value(facts, locals);
			}
			return Collections.unmodifiableList(Arrays.asList(values));
		});
	}

	static Node map(Node[] keys, Node[] values) {
		return new ValueNode(Type.MAP, (facts, locals) -> {
			Map<Object, Object> map = new LinkedHashMap<>();
			for (int i = 0; i < keys.length; i++) {
				map.put(Membership.key(keys[i].value(facts, locals)), values[i].value(facts, locals));
			}
			return map;
		});
	}

	static void requireKey(Node key, int at) {
		Type type = key.type();
		if (!type.mayBe(Type.STRING) && !type.mayBe(Type.INT) && !type.mayBe(Type.BOOL)) {
			throw new SourceError(at, type.one() + " cannot be the key of a Map");
		}
	}
}
