package proxy.console;

/** What the configuration file calls a setting. The rule is the file reader's, backwards. */
final class SettingPath {

	private SettingPath() {}

	/**
	 * @param factoryPid null for a single configuration
	 * @param name the entry's name, "" when it has none yet
	 * @param attribute the metatype's id
	 */
	static String of(String pid, String factoryPid, String name, String attribute) {
		String setting = attribute.replace('.', '_');
		if (factoryPid == null) {
			return pid.equals("proxy.log.access") ? "access_log." + setting : pid.substring("proxy.".length()) + "." + setting;
		}
		return name.isBlank() ? setting : section(factoryPid) + "." + name + "." + setting;
	}

	private static String section(String factoryPid) {
		if (factoryPid.startsWith("proxy.service.")) {
			return "services";
		}
		return factoryPid.substring("proxy.".length()) + "s";
	}
}
