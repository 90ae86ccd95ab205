package proxy.config.yaml;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Everything that the bundles at hand can be told. Immutable. */
final class Schema {

	private final Map<String, ObjectClass> byPid = new TreeMap<>();

	Schema(Collection<ObjectClass> classes) {
		classes.forEach(type -> byPid.put(type.pid(), type));
	}

	/** What is known of a PID or factory PID, or null. */
	ObjectClass find(String pid) {
		return byPid.get(pid);
	}

	boolean hasFactory(String pid) {
		ObjectClass type = byPid.get(pid);
		return type != null && type.factory();
	}

	/** The words that follow a prefix in known PIDs: {@code http_proxy}, {@code static} for {@code proxy.service.}. */
	List<String> below(String prefix) {
		return byPid.keySet().stream().filter(pid -> pid.startsWith(prefix)).map(pid -> pid.substring(prefix.length())).toList();
	}

	Collection<ObjectClass> all() {
		return List.copyOf(byPid.values());
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Schema schema && byPid.equals(schema.byPid);
	}

	@Override
	public int hashCode() {
		return byPid.hashCode();
	}
}
