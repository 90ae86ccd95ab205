package proxy.config.yaml;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import proxy.api.runtime.GatewayRuntime;
import proxy.api.runtime.Problem;

/** Tells the gateway what is wrong with the file, once it is there, and withdraws what no longer is; the log has it from {@link ReloadLog}. */
final class ProblemReport {

	private static final String WHOLE_FILE = "configuration";

	private Map<String, String> reported = Map.of();
	private GatewayRuntime runtime;

	synchronized void runtime(GatewayRuntime now) {
		runtime = now;
		reported.forEach((setting, reason) -> now.note(new Problem(setting, reason)));
	}

	synchronized void withdraw(GatewayRuntime gone) {
		runtime = runtime == gone ? null : runtime;
	}

	synchronized void show(List<Finding> findings) {
		Map<String, String> reasons = new TreeMap<>();
		for (Finding finding : findings) {
			reasons.merge(finding.path().isEmpty() ? WHOLE_FILE : finding.path(), finding.at() + ": " + finding.reason(),
					(one, other) -> one + "; " + other);
		}
		show(reasons);
	}

	/** For trouble that has no place in the file. */
	synchronized void show(String reason) {
		show(Map.of(WHOLE_FILE, reason));
	}

	private void show(Map<String, String> reasons) {
		Map<String, String> before = reported;
		reported = reasons;
		if (runtime != null) {
			before.keySet().stream().filter(setting -> !reasons.containsKey(setting)).forEach(runtime::clear);
			reasons.forEach((setting, reason) -> runtime.note(new Problem(setting, reason)));
		}
	}
}
