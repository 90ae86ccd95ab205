package proxy.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import proxy.api.runtime.GatewayRuntime;
import proxy.api.runtime.Problem;

/** A gateway's runtime without a gateway. */
final class TestRuntime implements GatewayRuntime {

	final List<ListenerState> listeners = new ArrayList<>();
	final List<ServiceState> services = new ArrayList<>();
	private final Map<String, Problem> problems = new TreeMap<>();
	private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
	private volatile boolean settled;

	void settle() {
		settled = true;
		watchers.forEach(Runnable::run);
	}

	@Override
	public long table() {
		return 1;
	}

	@Override
	public String tlsEngine() {
		return "Conscrypt 2.9.0 (X25519MLKEM768)";
	}

	@Override
	public List<ListenerState> listeners() {
		return List.copyOf(listeners);
	}

	@Override
	public List<ServiceState> services() {
		return List.copyOf(services);
	}

	@Override
	public List<RuleState> rules() {
		return List.of();
	}

	@Override
	public synchronized List<Problem> problems() {
		return List.copyOf(problems.values());
	}

	@Override
	public synchronized void report(Problem problem) {
		problems.put(problem.setting(), problem);
		watchers.forEach(Runnable::run);
	}

	@Override
	public synchronized void clear(String setting) {
		problems.keySet().removeIf(known -> known.equals(setting) || known.startsWith(setting + "."));
		watchers.forEach(Runnable::run);
	}

	@Override
	public AutoCloseable onChange(Runnable listener) {
		watchers.add(listener);
		return () -> watchers.remove(listener);
	}

	@Override
	public boolean settled() {
		return settled;
	}
}
