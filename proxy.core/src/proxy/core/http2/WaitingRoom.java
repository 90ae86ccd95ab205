package proxy.core.http2;

import java.util.LinkedHashSet;
import java.util.Set;
import proxy.api.transport.EventLoop;

/**
 * A loop's memory for content that has to wait, because clients take too slowly what they asked for or services what was
 * sent to them. When it is half full, clients that take nothing at all lose their places; when it is full, nobody gets one.
 */
final class WaitingRoom {

	/** The share of the heap for all loops together. */
	private static final int HEAP_SHARE = 4;

	/** How long a client may take nothing when others need the place. */
	private static final long PATIENCE = 1_000_000_000L;

	private static final long PAUSE = 200_000_000L;

	private final EventLoop loop;
	private final long size;
	private final Set<StreamOutput> waiting = new LinkedHashSet<>();
	private long used;
	private boolean clearing;
	private long clearedAt;

	/** @param size octets */
	WaitingRoom(EventLoop loop, long size) {
		this.loop = loop;
		this.size = size;
		clearedAt = loop.now() - PAUSE;
	}

	/** Octets that a loop's room may have, by the heap that there is. */
	static long size(int loops) {
		return Runtime.getRuntime().maxMemory() / HEAP_SHARE / loops;
	}

	/** Asks for memory for a request's content; false when there is none. */
	boolean takeForInput(int octets) {
		return used + octets <= size / 2 && take(octets);
	}

	/** Asks for memory for a response's content; false when there is none. */
	boolean take(int octets) {
		if (used + octets > size / 2 && !clearing && loop.now() - clearedAt >= PAUSE) {
			clearing = true;
			loop.execute(this::clear);
		}
		if (used + octets > size) {
			return false;
		}
		used += octets;
		return true;
	}

	/** Gives memory back. */
	void free(int octets) {
		used -= octets;
	}

	/** The stream has content that waits. */
	void enter(StreamOutput output) {
		waiting.add(output);
	}

	void leave(StreamOutput output) {
		waiting.remove(output);
	}

	private void clear() {
		clearing = false;
		clearedAt = loop.now();
		for (StreamOutput output : waiting.toArray(new StreamOutput[0])) {
			if (used <= size / 2) {
				return;
			}
			if (output.stalledSince() != Long.MAX_VALUE && loop.now() - output.stalledSince() > PATIENCE) {
				output.evict();
			}
		}
	}
}
