package proxy.core.loop;

import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A loop's memory for what its sockets have not taken, and for what has been read and put back. When most of it is in use, connections
 * of which nothing moves are ended; when all of it is, whoever needs more is.
 */
final class Backlog {

	/** What has memory for a connection. */
	interface Holder {

		/** Whether something waits, and nothing of it has moved for longer than that, in nanoseconds. */
		boolean isStuck(long nanos);

		/** Others need the memory: resets the connection, and gives its memory back. */
		void evict();
	}

	private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);

	/** The share of the heap for all loops together. */
	private static final int HEAP_SHARE = 3;

	/** How long nothing may move when others need the memory, and when there is hardly any left. */
	private static final long PATIENCE = 1_000_000_000L;
	private static final long LITTLE_PATIENCE = PATIENCE / 4;

	private static final long PAUSE = 200_000_000L;

	private final Loop loop;
	private final long size;
	/** Octets that may be in use without anybody having to go. */
	private final long ample;
	private final Set<Holder> waiting = new LinkedHashSet<>();
	private final Quota evictions = new Quota();
	private long used;
	/** What was asked for when clearing seemed due. */
	private int asked;
	private boolean clearing;
	private long clearedAt;

	/** @param size octets */
	Backlog(Loop loop, long size) {
		this.loop = loop;
		this.size = size;
		ample = size / 4 * 3;
		clearedAt = loop.now() - PAUSE;
	}

	/** Octets that a loop's backlog may have, by the heap that there is. */
	static long size(int loops) {
		return Runtime.getRuntime().maxMemory() / HEAP_SHARE / loops;
	}

	/** Asks for memory; false when there is none. */
	boolean take(Holder holder, int octets) {
		if (used + octets > ample && !clearing && loop.now() - clearedAt >= PAUSE) {
			clearing = true;
			asked = octets;
			loop.execute(this::clear);
		}
		if (used + octets > size) {
			return false;
		}
		used += octets;
		waiting.add(holder);
		return true;
	}

	/** Nothing of the holder's waits any more: it gives back what it had. */
	void leave(Holder holder, int octets) {
		if (waiting.remove(holder)) {
			used -= octets;
		}
	}

	/** Whether nothing more should wait than has to. */
	boolean isShort() {
		return used > ample;
	}

	private void clear() {
		clearing = false;
		clearedAt = loop.now();
		int evicted = 0;
		for (Holder holder : waiting.toArray(new Holder[0])) {
			if (used + asked <= ample) {
				break;
			}
			if (holder.isStuck(used > size / 8 * 7 ? LITTLE_PATIENCE : PATIENCE)) {
				holder.evict();
				evicted++;
			}
		}
		if (evicted > 0) {
			evictions.warning(LOG, loop.now())
					.addKeyValue("connections", evicted)
					.log("memory is short: connections of which nothing moves are ended");
		}
	}
}
