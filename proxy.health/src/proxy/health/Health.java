package proxy.health;

import java.util.Set;
import java.util.stream.Collectors;
import proxy.api.runtime.GatewayRuntime;
import proxy.api.runtime.GatewayRuntime.ListenerState;
import proxy.api.runtime.Problem;

/**
 * How the gateway is at one moment.
 *
 * @param text a line for each thing to tell
 */
record Health(boolean good, String text) {

	private static final String LISTENERS = "listeners.";

	static Health of(GatewayRuntime runtime) {
		Set<String> bound = runtime.listeners().stream().map(ListenerState::name).collect(Collectors.toSet());
		String missing = runtime.problems().stream()
				.filter(problem -> problem.setting().startsWith(LISTENERS) && !bound.contains(listener(problem)))
				.map(problem -> problem + "\n")
				.collect(Collectors.joining());
		if (!missing.isEmpty()) {
			return new Health(false, missing);
		}
		return runtime.settled() ? new Health(true, "ok\n") : new Health(false, "starting\n");
	}

	private static String listener(Problem problem) {
		return problem.setting().substring(LISTENERS.length()).replaceFirst("\\..*", "");
	}
}
