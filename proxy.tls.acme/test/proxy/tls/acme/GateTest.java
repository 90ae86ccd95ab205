package proxy.tls.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class GateTest {

	private static final Trouble AWAY = new Trouble(Trouble.Kind.AUTHORITY, "away", null);

	private final Gate gate = new Gate();
	private final Instant now = Instant.now();

	@Test
	void opensLaterAfterEachFailureAndAtOnceWhenItWorked() {
		gate.failed(AWAY, now, 0.5);
		assertEquals(now.plusSeconds(2), gate.opens(now));
		gate.failed(AWAY, now.plusSeconds(2), 0.5);
		assertEquals(now.plusSeconds(7), gate.opens(now));
		assertTrue(gate.failing());
		gate.worked();
		assertFalse(gate.failing());
		assertFalse(gate.opens(now).isAfter(now));
	}

	@Test
	void ordersThatFailTogetherCountOnce() {
		gate.failed(AWAY, now, 0.5);
		gate.failed(AWAY, now, 0.5);
		gate.failed(AWAY, now.plusMillis(500), 0.5);
		assertEquals(now.plusSeconds(2), gate.opens(now));
	}

	@Test
	void waitsAsLongAsTheAuthoritySaysButAtMostADay() {
		gate.failed(new Trouble(Trouble.Kind.AUTHORITY, "busy", now.plusSeconds(600)), now, 0.5);
		assertEquals(now.plusSeconds(600), gate.opens(now));
		gate.reset();
		gate.failed(new Trouble(Trouble.Kind.AUTHORITY, "busy", now.plus(Duration.ofDays(30))), now, 0.5);
		assertEquals(now.plus(Duration.ofDays(1)), gate.opens(now));
	}

	@Test
	void doesNotStayShutWhenTheClockIsPutBack() {
		gate.failed(AWAY, now.plus(Duration.ofDays(2)), 0.5);
		assertFalse(gate.opens(now).isAfter(now));
	}
}
