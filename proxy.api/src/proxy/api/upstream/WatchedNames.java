package proxy.api.upstream;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import proxy.api.upstream.NameDirectory.Watch;

/**
 * The names in a service's list of upstreams, watched together. When the list changes, what stays in it stays watched, what
 * is new is waited for a moment, and what has gone is let go. Any thread, but for {@link #watch}.
 *
 * @param <U> an upstream as it is configured; equal ones are one
 */
public final class WatchedNames<U> implements AutoCloseable {

	/** A new name gets so long to be found, before its service appears without it. */
	private static final long FIRST_LOOKUP_MILLIS = 500;

	private final NameDirectory directory;
	private final Function<U, String> name;
	private final Runnable changed;
	private volatile Map<U, Watch> watches = Map.of();

	/**
	 * @param name what {@link NameDirectory#watch} is to be asked for
	 * @param changed runs after every change of addresses, on a thread of the directory, and of the list; must not block
	 */
	public WatchedNames(NameDirectory directory, Function<U, String> name, Runnable changed) {
		this.directory = directory;
		this.name = name;
		this.changed = changed;
	}

	/** Watches these and no others. Blocks for half a second at most: not on an event loop. One thread at a time. */
	public void watch(Collection<U> upstreams) {
		Map<U, Watch> before = watches;
		Map<U, Watch> next = new LinkedHashMap<>();
		for (U upstream : upstreams) {
			Watch known = before.get(upstream);
			next.computeIfAbsent(upstream, unknown -> known == null ? directory.watch(name.apply(unknown), changed) : known);
		}
		long until = System.nanoTime() + FIRST_LOOKUP_MILLIS * 1_000_000;
		next.values().forEach(watch -> watch.await((until - System.nanoTime()) / 1_000_000));
		watches = next;
		changed.run();
		before.values().stream().filter(watch -> !next.containsValue(watch)).forEach(Watch::close);
	}

	/** Hands out every address that is known, in the order of the list. Never blocks. */
	public void forEach(BiConsumer<U, InetSocketAddress> found) {
		watches.forEach((upstream, watch) -> watch.addresses().forEach(address -> found.accept(upstream, address)));
	}

	/** An address did not work: see {@link Watch#refresh}. */
	public void refresh() {
		watches.values().forEach(Watch::refresh);
	}

	/** Nothing is told any more; the addresses known last are still handed out. */
	@Override
	public void close() {
		watches.values().forEach(Watch::close);
	}
}
