package proxy.core.loop;

/**
 * A loop's time limits, in slots of one tick. Limits beyond a turn of the wheel go round again. A limit that is moved
 * later stays where it is until its slot comes up; most never do anything but move later.
 */
final class TimerWheel {

	/** Nanoseconds; the precision of time limits. */
	static final long TICK = 50_000_000L;

	private static final int SLOTS = 1024;

	private final LoopDeadline[] slots = new LoopDeadline[SLOTS];
	private long tick;
	/** No limit is due before this tick. */
	private long nextTick = Long.MAX_VALUE;
	private int size;

	TimerWheel(long now) {
		tick = now / TICK;
	}

	/** How long the loop may sleep, in milliseconds; 0 is for ever, as for a selector. */
	long sleepMillis(long now) {
		if (size == 0) {
			return 0;
		}
		long nanos = nextTick * TICK - now;
		return Math.max(1, nanos / 1_000_000 + 1);
	}

	void add(LoopDeadline deadline) {
		long due = Math.max(deadline.expiresAt / TICK + 1, tick + 1);
		deadline.slotTick = Math.min(due, tick + SLOTS - 1);
		int slot = (int) (deadline.slotTick % SLOTS);
		LoopDeadline head = slots[slot];
		deadline.next = head;
		deadline.previous = null;
		if (head != null) {
			head.previous = deadline;
		}
		slots[slot] = deadline;
		deadline.queued = true;
		nextTick = Math.min(nextTick, deadline.slotTick);
		size++;
	}

	void remove(LoopDeadline deadline) {
		if (deadline.previous == null) {
			slots[(int) (deadline.slotTick % SLOTS)] = deadline.next;
		} else {
			deadline.previous.next = deadline.next;
		}
		if (deadline.next != null) {
			deadline.next.previous = deadline.previous;
		}
		deadline.next = null;
		deadline.previous = null;
		deadline.queued = false;
		size--;
	}

	/** Expires what is due. */
	void advance(long now) {
		long current = now / TICK;
		if (current < nextTick) {
			return;
		}
		for (tick = Math.max(nextTick, current - SLOTS + 1); tick <= current; tick++) {
			expire((int) (tick % SLOTS), now);
		}
		tick = current;
		nextTick = next();
	}

	/** Takes the slot's limits one by one, since an expiry may add or remove others; none is added to this slot. */
	private void expire(int slot, long now) {
		LoopDeadline deadline;
		while ((deadline = slots[slot]) != null) {
			remove(deadline);
			if (deadline.armed && deadline.expiresAt > now) {
				add(deadline);
			} else if (deadline.armed) {
				deadline.armed = false;
				deadline.expire();
			}
		}
	}

	private long next() {
		if (size > 0) {
			for (long candidate = tick + 1; candidate < tick + SLOTS; candidate++) {
				if (slots[(int) (candidate % SLOTS)] != null) {
					return candidate;
				}
			}
		}
		return Long.MAX_VALUE;
	}
}
