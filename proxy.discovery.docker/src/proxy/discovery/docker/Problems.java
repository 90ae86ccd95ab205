package proxy.discovery.docker;

import java.util.Map;
import java.util.TreeMap;
import proxy.api.runtime.GatewayRuntime;
import proxy.api.runtime.Problem;

/** Tells the gateway what is wrong with which container: what is new or changed, and what is over. */
final class Problems {

	private final GatewayRuntime runtime;
	private Map<String, String> told = Map.of();

	Problems(GatewayRuntime runtime) {
		this.runtime = runtime;
	}

	/** @param reasons all there are now, by the container's name */
	void are(Map<String, String> reasons) {
		told.keySet().stream().filter(name -> !reasons.containsKey(name)).forEach(name -> runtime.clear(setting(name)));
		reasons.forEach((name, reason) -> {
			if (!reason.equals(told.get(name))) {
				runtime.report(new Problem(setting(name), reason));
			}
		});
		told = new TreeMap<>(reasons);
	}

	private static String setting(String container) {
		return "service_discovery.docker[" + container + "]";
	}
}
