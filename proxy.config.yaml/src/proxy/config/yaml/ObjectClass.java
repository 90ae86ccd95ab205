package proxy.config.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a component can be told, as the metatype of its bundle says.
 *
 * @param pid the PID or factory PID: {@code proxy.service.http_proxy}
 * @param factory whether there may be many, each with a name
 * @param attributes by id, in the order of the metatype
 */
record ObjectClass(String pid, boolean factory, String name, String description, Map<String, Attribute> attributes) {

	Attribute attribute(String id) {
		return attributes.get(id);
	}

	/** The same without one attribute. */
	ObjectClass without(String id) {
		Map<String, Attribute> rest = new LinkedHashMap<>(attributes);
		rest.remove(id);
		return new ObjectClass(pid, factory, name, description, rest);
	}

	/** The keys for people, below a prefix such as {@code not.found.}. */
	List<String> keys(String prefix) {
		return attributes.values().stream()
				.filter(attribute -> attribute.forPeople() && attribute.id().startsWith(prefix))
				.map(attribute -> attribute.key().substring(prefix.length()))
				.toList();
	}
}
