package proxy.core.loop;

import proxy.api.transport.Deadline;

/** A time limit in its loop's {@link TimerWheel}. */
final class LoopDeadline implements Deadline {

	private final Loop loop;
	private final Runnable expired;

	long expiresAt;
	boolean armed;
	/** Whether the wheel has it, armed or not: a cleared limit is dropped when its slot comes up. */
	boolean queued;
	long slotTick;
	LoopDeadline next;
	LoopDeadline previous;

	LoopDeadline(Loop loop, Runnable expired) {
		this.loop = loop;
		this.expired = expired;
	}

	@Override
	public void after(long millis) {
		expiresAt = loop.now() + millis * 1_000_000;
		armed = true;
		if (!queued) {
			loop.wheel().add(this);
		} else if (expiresAt < slotTick * TimerWheel.TICK - TimerWheel.TICK) {
			loop.wheel().remove(this);
			loop.wheel().add(this);
		}
	}

	@Override
	public void clear() {
		armed = false;
	}

	void expire() {
		loop.run(expired);
	}
}
