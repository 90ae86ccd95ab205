package proxy.console;

import java.io.IOException;
import java.time.Instant;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.Version;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import proxy.api.runtime.FileConfiguration;
import proxy.api.runtime.GatewayRuntime;

/** What the overview shows, as maps and lists. */
final class GatewayState {

	private GatewayState() {}

	/**
	 * @param runtime null while there is no gateway
	 * @param file null while nothing reads one
	 */
	static Map<String, Object> of(
			BundleContext context, GatewayRuntime runtime, ConfigurationAdmin configurations, FileConfiguration file)
			throws IOException {
		Version version = context.getBundle().getVersion();
		Map<String, Object> state = new LinkedHashMap<>();
		state.put("version", version.getMajor() + "." + version.getMinor() + "." + version.getMicro());
		state.put("java", Runtime.version().feature());
		state.put("started", ProcessHandle.current().info().startInstant().map(Instant::toEpochMilli).orElse(0L));
		state.put("config", context.getProperty("gatehouse.config"));
		state.put("running", runtime != null);
		if (runtime != null) {
			describe(runtime, pids(configurations), state);
		}
		state.put("differences", file == null ? List.of() : file.differences().stream().map(GatewayState::row).toList());
		return state;
	}

	private static Map<String, Object> row(FileConfiguration.Difference difference) {
		return row(
				"pid", difference.pid(),
				"path", difference.path(),
				"kind", difference.kind().name().toLowerCase(Locale.ROOT),
				"settings", difference.settings().stream()
						.map(setting -> row("name", setting.name(), "inFile", setting.inFile(), "here", setting.here()))
						.toList(),
				"yaml", difference.yaml());
	}

	private static void describe(GatewayRuntime runtime, Map<String, String> pids, Map<String, Object> state) {
		state.put("table", runtime.table());
		state.put("settled", runtime.settled());
		state.put("tls", runtime.tlsEngine());
		state.put("listeners", runtime.listeners().stream()
				.map(listener -> row(
						"name", listener.name(),
						"address", listener.address(),
						"services", listener.services(),
						"connections", listener.connections(),
						"pid", pids.get("proxy.listener " + listener.name())))
				.toList());
		state.put("services", runtime.services().stream()
				.map(service -> row(
						"name", service.name(),
						"kind", service.kind(),
						"route", service.route(),
						"requests", service.requests(),
						"pid", pids.get("proxy.service." + service.kind() + " " + service.name())))
				.toList());
		state.put("rules", runtime.rules().stream()
				.map(rule -> row(
						"name", rule.name(),
						"actions", rule.actions(),
						"logOnly", rule.logOnly(),
						"matches", rule.matches(),
						"pid", pids.get("proxy.rule " + rule.name())))
				.toList());
		state.put("problems", runtime.problems().stream()
				.map(problem -> row("setting", problem.setting(), "reason", problem.reason()))
				.toList());
	}

	/** The PID of every configuration that has a name, by factory PID and name. */
	private static Map<String, String> pids(ConfigurationAdmin configurations) throws IOException {
		Map<String, String> pids = new HashMap<>();
		try {
			Configuration[] found = configurations.listConfigurations("(&(service.factoryPid=proxy.*)(name=*))");
			for (Configuration configuration : found == null ? new Configuration[0] : found) {
				Dictionary<String, Object> properties = configuration.getProperties();
				pids.put(configuration.getFactoryPid() + " " + properties.get("name"), configuration.getPid());
			}
		} catch (InvalidSyntaxException impossible) {
			throw new IllegalStateException(impossible);
		}
		return pids;
	}

	private static Map<String, Object> row(Object... namesAndValues) {
		Map<String, Object> row = new LinkedHashMap<>();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			row.put((String) namesAndValues[i], namesAndValues[i + 1]);
		}
		return row;
	}
}
