package proxy.core.http;

import proxy.api.transport.EventLoop;

/** A count that each loop keeps for itself, on a cache line of its own; summed when read. */
public final class LoopCounter {

	private static final int LINE = 16;

	private final long[] counts;

	public LoopCounter(int loops) {
		counts = new long[(loops + 1) * LINE];
	}

	/** On the loop. */
	public void increment(EventLoop loop) {
		counts[(loop.index() + 1) * LINE]++;
	}

	/** Any thread; may lag behind a little. */
	public long sum() {
		long sum = 0;
		for (int i = LINE; i < counts.length; i += LINE) {
			sum += counts[i];
		}
		return sum;
	}
}
