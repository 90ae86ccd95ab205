package proxy.rules.node;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import proxy.api.rule.RequestFacts;
import proxy.rules.lists.ListContent;
import proxy.rules.lists.ListDirectory;
import proxy.rules.value.Type;

/**
 * All lists by name: {@code lists}.
 *
 * @param known the names that may be used, null when any may
 */
public record ListsNode(ListDirectory directory, Set<String> known) implements Node {

	/** A list by a name that is in the expression. */
	public NamedListNode get(String name) {
		return new NamedListNode(directory.slot(name));
	}

	@Override
	public Type type() {
		return Type.MAP;
	}

	@Override
	public Map<String, Object> value(RequestFacts facts, Object[] locals) {
		Map<String, Object> byName = new LinkedHashMap<>();
		for (String name : directory.names()) {
			ListContent content = directory.find(name);
			if (content != null) {
				byName.put(name, content.elements());
			}
		}
		return byName;
	}
}
