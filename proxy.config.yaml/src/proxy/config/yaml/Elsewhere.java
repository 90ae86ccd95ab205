package proxy.config.yaml;

import java.util.Map;
import java.util.Set;

/**
 * What is not in the file but may be named in it: configured by others, in the console for instance, or provided by bundles.
 *
 * @param services from name to kind
 * @param lists names
 * @param actions words of those that bundles provide
 */
record Elsewhere(Map<String, String> services, Set<String> lists, Set<String> actions) {

	static final Elsewhere NOTHING = new Elsewhere(Map.of(), Set.of(), Set.of());

	Elsewhere with(Set<String> provided) {
		return new Elsewhere(services, lists, provided);
	}
}
