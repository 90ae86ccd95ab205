package proxy.core.loop;

import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A loop's memory for what its sockets have not taken. When most of it is in use, peers that take nothing lose their
 * connections; when all of it is, whoever needs more does.
 */
final class Backlog {

	private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);

	/** The share of the heap for all loops together. */
	private static final int HEAP_SHARE = 3;

	/** How long a peer may take nothing when others need the memory, and when there is hardly any left. */
	private static final long PATIENCE = 1_000_000_000L;
	private static final long LITTLE_PATIENCE = PATIENCE / 4;

	private static final long PAUSE = 200_000_000L;

	private final Loop loop;
	private final long size;
	/** Octets that may be in use without anybody having to go. */
	private final long ample;
	private final Set<Wire> waiting = new LinkedHashSet<>();
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

	/** Asks for memory for the wire; false when there is none. */
	boolean take(Wire wire, int octets) {
		if (used + octets > ample && !clearing && loop.now() - clearedAt >= PAUSE) {
			clearing = true;
			asked = octets;
			loop.execute(this::clear);
		}
		if (used + octets > size) {
			return false;
		}
		used += octets;
		waiting.add(wire);
		return true;
	}

	/** Nothing of the wire's waits any more: it gives back what it had. */
	void leave(Wire wire, int octets) {
		if (waiting.remove(wire)) {
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
		for (Wire wire : waiting.toArray(new Wire[0])) {
			if (used + asked <= ample) {
				break;
			}
			if (wire.isStuck(used > size / 8 * 7 ? LITTLE_PATIENCE : PATIENCE)) {
				wire.evict();
				evicted++;
			}
		}
		if (evicted > 0) {
			evictions.warning(LOG, loop.now())
					.addKeyValue("connections", evicted)
					.log("memory is short: connections whose peers take nothing are ended");
		}
	}
}
