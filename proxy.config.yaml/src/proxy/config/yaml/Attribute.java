package proxy.config.yaml;

import java.util.List;

/**
 * One setting of a component, as its metatype says.
 *
 * @param id the ConfigurationAdmin property: {@code connect.timeout.ms}
 * @param type of metatype: String, Integer, Long, Boolean, Double, Password …
 * @param many whether it is a list
 * @param defaults empty when there is none
 * @param min smallest number, or null
 * @param max largest number, or null
 * @param options the values that may be chosen from, or empty for any
 */
record Attribute(String id, String name, String description, String type, boolean many, boolean required,
		List<String> defaults, String min, String max, List<Option> options) {

	record Option(String value, String label) {}

	/** The key that sets it in a file: {@code connect_timeout_ms}. */
	String key() {
		return id.replace("_", "__").replace('.', '_');
	}

	/** The property that a key sets, by the rule for component property types (OSGi Compendium, chapter 112). */
	static String id(String key) {
		return key.replace("__", "\0").replace('_', '.').replace('\0', '_');
	}

	/** Whether operators see it; the rest is between bundles. */
	boolean forPeople() {
		return !id.startsWith("webconsole.") && !id.equals("service.ranking") && !id.equals("name");
	}
}
