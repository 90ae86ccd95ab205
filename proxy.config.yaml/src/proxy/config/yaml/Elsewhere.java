package proxy.config.yaml;

import java.util.Map;
import java.util.Set;

/**
 * What is configured by others than the file, in the console for instance, and may be named in it.
 *
 * @param services from name to kind
 * @param lists names
 */
record Elsewhere(Map<String, String> services, Set<String> lists) {

	static final Elsewhere NOTHING = new Elsewhere(Map.of(), Set.of());
}
