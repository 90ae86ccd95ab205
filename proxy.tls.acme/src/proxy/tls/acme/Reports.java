package proxy.tls.acme;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import proxy.api.runtime.GatewayRuntime;
import proxy.api.runtime.Problem;

/** What the gateway has been told is wrong. For the control thread. */
final class Reports {

	private final GatewayRuntime runtime;
	private Map<String, String> told = Map.of();

	Reports(GatewayRuntime runtime) {
		this.runtime = runtime;
	}

	/** Tells what is new, and withdraws what is over. */
	void are(List<Problem> problems) {
		Map<String, String> now = new HashMap<>();
		for (Problem problem : problems) {
			now.put(problem.setting(), problem.reason());
			if (!problem.reason().equals(told.get(problem.setting()))) {
				runtime.report(problem);
			}
		}
		told.keySet().stream().filter(setting -> !now.containsKey(setting)).forEach(runtime::clear);
		told = now;
	}
}
