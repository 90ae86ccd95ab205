package proxy.log;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.runtime.Problem;

/** Logs what has changed in the list of problems. For one thread at a time. */
final class ProblemLog {

	private static final Logger LOG = LoggerFactory.getLogger(ProblemLog.class);

	private Map<String, String> known = Map.of();

	/** Takes the problems as told already. */
	void known(List<Problem> problems) {
		known = bySetting(problems);
	}

	void log(List<Problem> problems) {
		Map<String, String> now = bySetting(problems);
		now.forEach((setting, reason) -> {
			if (!reason.equals(known.get(setting))) {
				LOG.atWarn().addKeyValue("setting", setting).addKeyValue("reason", reason).log("not in force");
			}
		});
		known.keySet().stream()
				.filter(setting -> !now.containsKey(setting))
				.forEach(setting -> LOG.atInfo().addKeyValue("setting", setting).log("problem solved"));
		known = now;
	}

	private static Map<String, String> bySetting(List<Problem> problems) {
		Map<String, String> reasons = new HashMap<>();
		problems.forEach(problem -> reasons.merge(problem.setting(), problem.reason(), (a, b) -> a + "; " + b));
		return reasons;
	}
}
