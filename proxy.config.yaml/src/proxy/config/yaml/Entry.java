package proxy.config.yaml;

import java.util.Map;

/**
 * One configuration that a file asks for.
 *
 * @param factoryPid the factory PID, or the PID when there can be only one
 * @param name distinguishes the configurations of a factory; null when there is no factory
 * @param path in the file, for people
 * @param at where it is in the file
 * @param canonical what the file says of it, whatever is made of that
 * @param properties as ConfigurationAdmin gets them, without order and marks
 * @param ordered whether its place among its like decides: services and rules
 */
record Entry(String factoryPid, String name, String path, Position at, String canonical, Map<String, Object> properties, boolean ordered) {

	String pid() {
		return name == null ? factoryPid : factoryPid + "~" + name;
	}

	/** The part of the file it belongs to: {@code services}. */
	String section() {
		int dot = path.indexOf('.');
		return dot < 0 ? path : path.substring(0, dot);
	}
}
