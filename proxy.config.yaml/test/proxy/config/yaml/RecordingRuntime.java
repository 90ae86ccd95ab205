package proxy.config.yaml;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import proxy.api.runtime.GatewayRuntime;
import proxy.api.runtime.Problem;

/** A gateway that only remembers problems. */
final class RecordingRuntime implements GatewayRuntime {

	private final Map<String, Problem> problems = new TreeMap<>();

	@Override
	public synchronized List<Problem> problems() {
		return List.copyOf(problems.values());
	}

	@Override
	public synchronized void report(Problem problem) {
		problems.put(problem.setting(), problem);
	}

	@Override
	public synchronized void clear(String setting) {
		problems.keySet().removeIf(key -> key.equals(setting) || key.startsWith(setting + "."));
	}

	@Override
	public long table() {
		return 1;
	}

	@Override
	public String tlsEngine() {
		return "";
	}

	@Override
	public List<ListenerState> listeners() {
		return List.of();
	}

	@Override
	public List<ServiceState> services() {
		return List.of();
	}

	@Override
	public List<RuleState> rules() {
		return List.of();
	}

	@Override
	public AutoCloseable onChange(Runnable listener) {
		return () -> { };
	}

	@Override
	public boolean settled() {
		return true;
	}
}
