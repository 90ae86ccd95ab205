package proxy.core.gateway;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.runtime.GatewayRuntime;
import proxy.api.runtime.Problem;

/** What is in force and what is not. */
@Component(service = {GatewayRuntime.class, Status.class, ConfigurationListener.class}, immediate = true)
public final class Status implements GatewayRuntime, ConfigurationListener {

	private static final Logger LOG = LoggerFactory.getLogger(Status.class);
	/** Nothing has changed for so long: what was configured at the start has been tried. */
	private static final long SETTLE_MILLIS = 250;
	/** With nothing configured there is nothing to wait for. */
	private static final long SETTLE_EMPTY_MILLIS = 5_000;

	private final Engine engine;
	private final Bundle framework;
	private final AtomicInteger holds = new AtomicInteger();
	private final Map<String, Problem> reported = new ConcurrentSkipListMap<>();
	private final List<Runnable> changeListeners = new CopyOnWriteArrayList<>();
	private final long startedAt = System.nanoTime();
	private volatile List<Problem> routingProblems = List.of();
	private volatile State state = new State(0, List.of(), List.of());
	private volatile List<ListenerComponent> listeners = List.of();
	private volatile long lastChange = System.nanoTime();
	private volatile boolean settled;

	/** What a routing table says of itself. */
	record State(long table, List<ServiceState> services, List<RuleState> rules) {}

	@Activate
	public Status(BundleContext context, @Reference Engine engine) {
		this.engine = engine;
		framework = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
		engine.problems().forEach(this::report);
		engine.control().after(SETTLE_MILLIS, this::settle);
	}

	private void settle() {
		boolean starting = holds.get() > 0 || framework.getState() == Bundle.STARTING;
		long age = (System.nanoTime() - startedAt) / 1_000_000;
		if (!starting && isTried(quietMillis(), age, listeners.stream().map(ListenerComponent::isTried).toList())) {
			settled = true;
			tell();
		} else {
			engine.control().after(SETTLE_MILLIS / 5, this::settle);
		}
	}

	/**
	 * Whether all that was configured at the start has been tried.
	 *
	 * @param listeners of each whether it has been
	 */
	static boolean isTried(long quietMillis, long ageMillis, List<Boolean> listeners) {
		return quietMillis >= SETTLE_MILLIS
				&& (listeners.isEmpty() ? ageMillis >= SETTLE_EMPTY_MILLIS : !listeners.contains(false));
	}

	/** How long nothing has changed. */
	long quietMillis() {
		return (System.nanoTime() - lastChange) / 1_000_000;
	}

	/** Something of what this answers has changed. */
	void changed() {
		lastChange = System.nanoTime();
		engine.control().execute(this::tell);
	}

	/** Something is about to change. */
	void stir() {
		lastChange = System.nanoTime();
	}

	private void tell() {
		changeListeners.forEach(Runnable::run);
	}

	void table(State next, List<Problem> problems) {
		boolean same = next.equals(state) && problems.equals(routingProblems);
		state = next;
		if (same) {
			return;
		}
		for (Problem problem : problems) {
			if (!routingProblems.contains(problem)) {
				log(problem);
			}
		}
		routingProblems = List.copyOf(problems);
		changed();
	}

	/** Whether something is still to be waited for before anything is served. */
	boolean isHeld() {
		return holds.get() > 0;
	}

	/** Closes all listeners, now. */
	void closeListeners() {
		listeners.forEach(ListenerComponent::close);
	}

	synchronized void add(ListenerComponent listener) {
		List<ListenerComponent> next = new ArrayList<>(listeners);
		next.add(listener);
		next.sort(Comparator.comparing(ListenerComponent::name));
		listeners = List.copyOf(next);
		changed();
	}

	synchronized void remove(ListenerComponent listener) {
		List<ListenerComponent> next = new ArrayList<>(listeners);
		next.remove(listener);
		listeners = List.copyOf(next);
		changed();
	}

	@Override
	public long table() {
		return state.table();
	}

	@Override
	public String tlsEngine() {
		return engine.tls().description();
	}

	@Override
	public List<ListenerState> listeners() {
		return listeners.stream().filter(ListenerComponent::isBound).map(ListenerComponent::state).toList();
	}

	@Override
	public List<ServiceState> services() {
		return state.services();
	}

	@Override
	public List<RuleState> rules() {
		return state.rules();
	}

	@Override
	public List<Problem> problems() {
		List<Problem> all = new ArrayList<>(reported.values());
		all.addAll(routingProblems);
		all.sort(Comparator.comparing(Problem::setting));
		return all;
	}

	@Override
	public void report(Problem problem) {
		if (!problem.equals(reported.put(problem.setting(), problem))) {
			log(problem);
			changed();
		}
	}

	@Override
	public void note(Problem problem) {
		if (!problem.equals(reported.put(problem.setting(), problem))) {
			changed();
		}
	}

	private static void log(Problem problem) {
		LOG.atError().addKeyValue("setting", problem.setting()).log("not in force: {}", problem);
	}

	@Override
	public void clear(String setting) {
		boolean cleared = reported.keySet().removeIf(known -> known.equals(setting) || known.startsWith(setting + "."));
		if (cleared) {
			changed();
		}
	}

	/** A configuration that is deleted takes its problems with it. */
	@Override
	public void configurationEvent(ConfigurationEvent event) {
		if (event.getType() == ConfigurationEvent.CM_DELETED && event.getFactoryPid() != null) {
			int tilde = event.getPid().indexOf('~');
			String name = event.getPid().substring(tilde + 1);
			String kind = event.getFactoryPid();
			if (kind.equals("proxy.listener")) {
				clear("listeners." + name);
			} else if (kind.startsWith("proxy.service.")) {
				clear("services." + name);
			} else if (kind.equals("proxy.rule") || kind.equals("proxy.list")) {
				clear(kind.substring("proxy.".length()) + "s." + name);
			}
		}
	}

	@Override
	public AutoCloseable onChange(Runnable listener) {
		changeListeners.add(listener);
		return () -> changeListeners.remove(listener);
	}

	@Override
	public AutoCloseable hold() {
		holds.incrementAndGet();
		AtomicBoolean held = new AtomicBoolean(true);
		return () -> {
			if (held.getAndSet(false)) {
				lastChange = System.nanoTime();
				holds.decrementAndGet();
			}
		};
	}

	@Override
	public boolean settled() {
		return settled;
	}
}
