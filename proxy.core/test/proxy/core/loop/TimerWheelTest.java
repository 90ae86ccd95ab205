package proxy.core.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TimerWheelTest {

	private static final long SECOND = 1_000_000_000L;

	private Loops loops;
	private TimerWheel wheel;

	@BeforeEach
	void start() throws IOException {
		loops = new Loops(1, tls -> null);
		wheel = new TimerWheel(0);
	}

	@AfterEach
	void stop() {
		loops.stop();
	}

	private LoopDeadline deadline(long expiresAt, Runnable expired) {
		LoopDeadline deadline = new LoopDeadline(loops.loop(0), expired);
		deadline.expiresAt = expiresAt;
		deadline.armed = true;
		wheel.add(deadline);
		return deadline;
	}

	@Test
	void expiresWhatIsDueAndNothingElse() {
		int[] expired = new int[3];
		deadline(SECOND, () -> expired[0]++);
		deadline(2 * SECOND, () -> expired[1]++);
		// far beyond one turn of the wheel
		deadline(500 * SECOND, () -> expired[2]++);
		wheel.advance(SECOND - 1);
		assertEquals(0, expired[0]);
		wheel.advance(SECOND + 2 * TimerWheel.TICK);
		assertEquals(1, expired[0]);
		assertEquals(0, expired[1]);
		for (long now = 2 * SECOND; now < 499 * SECOND; now += SECOND / 3) {
			wheel.advance(now);
		}
		assertEquals(1, expired[1]);
		assertEquals(0, expired[2]);
		wheel.advance(501 * SECOND);
		assertEquals(1, expired[2]);
	}

	@Test
	void expiresEverythingAfterALongPause() {
		int[] expired = new int[1];
		for (int i = 0; i < 100; i++) {
			deadline(i * SECOND, () -> expired[0]++);
		}
		wheel.advance(1000 * SECOND);
		assertEquals(100, expired[0]);
		assertEquals(0, wheel.sleepMillis(1000 * SECOND));
	}

	@Test
	void forgetsWhatIsDisarmedAndFollowsWhatIsMovedLater() {
		int[] expired = new int[2];
		LoopDeadline disarmed = deadline(SECOND, () -> expired[0]++);
		LoopDeadline moved = deadline(SECOND, () -> expired[1]++);
		disarmed.clear();
		moved.expiresAt = 3 * SECOND;
		wheel.advance(2 * SECOND);
		assertEquals(0, expired[0]);
		assertEquals(0, expired[1]);
		wheel.advance(4 * SECOND);
		assertEquals(0, expired[0]);
		assertEquals(1, expired[1]);
		assertFalse(disarmed.queued);
	}

	@Test
	void letsOneExpiryRemoveAndAddOthers() {
		int[] expired = new int[2];
		LoopDeadline[] other = new LoopDeadline[1];
		deadline(SECOND, () -> {
			expired[0]++;
			if (other[0].queued) {
				wheel.remove(other[0]);
			}
			deadline(SECOND, () -> expired[1]++);
		});
		other[0] = deadline(SECOND, () -> expired[0]++);
		wheel.advance(SECOND + 2 * TimerWheel.TICK);
		assertTrue(expired[0] >= 1);
		wheel.advance(2 * SECOND);
		assertEquals(1, expired[1]);
	}

	@Test
	void wakesALoopThatHasNothingElseToDo() throws Exception {
		CompletableFuture<Boolean> onLoop = new CompletableFuture<>();
		Loop loop = loops.loop(0);
		loop.execute(() -> loop.deadline(() -> onLoop.complete(loop.inLoop())).after(60));
		assertTrue(onLoop.get(20, TimeUnit.SECONDS));
	}
}
