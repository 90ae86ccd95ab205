package proxy.core.gateway;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import proxy.core.http.LoopCounter;

/**
 * Services of one kind by name, with a memory: one that is unregistered stays until its successor has come or some time
 * has passed, since a component that is configured anew is unregistered before it is registered again.
 */
final class Registered<T> {

	/** Long enough for a bundle to be updated in place. */
	static final long GRACE_MILLIS = 2_000;

	/**
	 * One registered service.
	 *
	 * @param position among the others; asked of the reference it would be looked up at every comparison
	 * @param leavingSince {@link System#nanoTime()} of its going, or 0
	 */
	record Entry<T>(
			ServiceReference<T> reference,
			Position position,
			T service,
			String name,
			String route,
			LoopCounter counter,
			long leavingSince) {

		boolean leaving() {
			return leavingSince != 0;
		}

		Object property(String key) {
			return reference.getProperty(key);
		}
	}

	/** The order of service references: from the highest ranking to the lowest, then by age. */
	record Position(int ranking, long id) implements Comparable<Position> {

		static Position of(ServiceReference<?> reference) {
			Object ranking = reference.getProperty(Constants.SERVICE_RANKING);
			return new Position(ranking instanceof Integer number ? number : 0, (Long) reference.getProperty(Constants.SERVICE_ID));
		}

		@Override
		public int compareTo(Position other) {
			return ranking != other.ranking ? Integer.compare(other.ranking, ranking) : Long.compare(id, other.id);
		}
	}

	private final String nameProperty;
	private final int loops;
	private final Runnable changed;
	private final Map<ServiceReference<T>, Entry<T>> entries = new HashMap<>();
	/** By name, for the names of the entries. */
	private final Map<String, LoopCounter> counters = new HashMap<>();

	/**
	 * @param nameProperty the service property that names one
	 * @param loops how many event loops there are
	 * @param changed runs after every change
	 */
	Registered(String nameProperty, int loops, Runnable changed) {
		this.nameProperty = nameProperty;
		this.loops = loops;
		this.changed = changed;
	}

	/** One has come, or its properties have changed. */
	void add(ServiceReference<T> reference, T service) {
		put(reference, service);
		changed.run();
	}

	private synchronized void put(ServiceReference<T> reference, T service) {
		String name = Objects.toString(reference.getProperty(nameProperty), "");
		entries.put(reference, new Entry<>(
				reference,
				Position.of(reference),
				service,
				name,
				Objects.toString(reference.getProperty("route"), ""),
				name.isEmpty() ? new LoopCounter(loops) : counters.computeIfAbsent(name, unknown -> new LoopCounter(loops)),
				0));
	}

	void leave(ServiceReference<T> reference, long now) {
		synchronized (this) {
			entries.computeIfPresent(reference, (key, e) ->
					new Entry<>(e.reference(), e.position(), e.service(), e.name(), e.route(), e.counter(), Math.max(1, now)));
		}
		changed.run();
	}

	/** Forgets those that have been gone for long, or have a successor. */
	private void forget(long now) {
		Set<String> present = entries.values().stream().filter(entry -> !entry.leaving()).map(Entry::name).collect(Collectors.toSet());
		entries.values().removeIf(entry -> entry.leaving()
				&& (now - entry.leavingSince() > GRACE_MILLIS * 1_000_000 || present.contains(entry.name())));
		counters.keySet().retainAll(entries.values().stream().map(Entry::name).collect(Collectors.toSet()));
	}

	/** In order of evaluation. */
	synchronized List<Entry<T>> all(long now) {
		forget(now);
		List<Entry<T>> list = new ArrayList<>(entries.values());
		list.sort(Comparator.comparing(Entry::position));
		return list;
	}

	/** Whether some are gone and not forgotten. */
	synchronized boolean waiting() {
		return entries.values().stream().anyMatch(Entry::leaving);
	}
}
