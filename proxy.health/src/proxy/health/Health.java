package proxy.health;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
		String missing = lines(runtime.problems().stream()
				.filter(problem -> problem.setting().startsWith(LISTENERS) && !bound.contains(listener(problem))));
		if (!missing.isEmpty()) {
			return new Health(false, missing);
		}
		if (!runtime.settled()) {
			return new Health(false, "starting\n");
		}
		return bound.isEmpty()
				? new Health(false, "nothing listens\n" + lines(runtime.problems().stream()))
				: new Health(true, "ok\n");
	}

	private static String lines(Stream<Problem> problems) {
		return problems.map(problem -> problem + "\n").collect(Collectors.joining());
	}

	private static String listener(Problem problem) {
		return problem.setting().substring(LISTENERS.length()).replaceFirst("\\..*", "");
	}
}
