package proxy.log.access;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import proxy.api.runtime.GatewayRuntime;
import proxy.api.runtime.Problem;

/** A gateway's runtime without a gateway. */
final class TestRuntime implements GatewayRuntime {

	private final Map<String, Problem> problems = new TreeMap<>();

	/** Waits until the problems are as wanted. */
	synchronized void await(Predicate<List<Problem>> wanted) throws InterruptedException {
		long deadline = System.nanoTime() + 30_000_000_000L;
		while (!wanted.test(problems())) {
			long left = (deadline - System.nanoTime()) / 1_000_000;
			if (left <= 0) {
				throw new AssertionError("there are " + problems());
			}
			wait(left);
		}
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
	public synchronized List<Problem> problems() {
		return List.copyOf(problems.values());
	}

	@Override
	public synchronized void report(Problem problem) {
		problems.put(problem.setting(), problem);
		notifyAll();
	}

	@Override
	public synchronized void clear(String setting) {
		problems.keySet().removeIf(known -> known.equals(setting) || known.startsWith(setting + "."));
		notifyAll();
	}

	@Override
	public AutoCloseable onChange(Runnable listener) {
		return () -> {};
	}

	@Override
	public boolean settled() {
		return true;
	}
}
