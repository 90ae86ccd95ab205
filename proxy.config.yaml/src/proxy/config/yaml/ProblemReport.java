package proxy.config.yaml;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import proxy.api.runtime.GatewayRuntime;
import proxy.api.runtime.Problem;

/** Tells the gateway what is wrong with the file, once it is there, and withdraws what no longer is. */
final class ProblemReport {

	private static final String WHOLE_FILE = "configuration";

	private Map<String, String> reported = Map.of();
	private GatewayRuntime runtime;

	synchronized void runtime(GatewayRuntime now) {
		runtime = now;
		if (now != null) {
			reported.forEach((setting, reason) -> now.report(new Problem(setting, reason)));
		}
	}

	synchronized void show(List<Finding> findings) {
		Map<String, String> reasons = new TreeMap<>();
		for (Finding finding : findings) {
			reasons.merge(finding.path().isEmpty() ? WHOLE_FILE : finding.path(), finding.at() + ": " + finding.reason(),
					(one, other) -> one + "; " + other);
		}
		Map<String, String> before = reported;
		reported = reasons;
		if (runtime != null) {
			before.keySet().stream().filter(setting -> !reasons.containsKey(setting)).forEach(runtime::clear);
			reasons.forEach((setting, reason) -> runtime.report(new Problem(setting, reason)));
		}
	}

	/** For trouble that has no place in the file. */
	void show(String reason) {
		synchronized (this) {
			reported = Map.of(WHOLE_FILE, reason);
			if (runtime != null) {
				runtime.report(new Problem(WHOLE_FILE, reason));
			}
		}
	}
}
