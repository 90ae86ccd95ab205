package proxy.core.http2;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ToleranceTest {

	private static final long SECOND = 1_000_000_000L;

	private final Tolerance tolerance = new Tolerance();

	private boolean bears(int count, long now) {
		boolean borne = true;
		for (int i = 0; i < count; i++) {
			borne = tolerance.bears(now);
		}
		return borne;
	}

	@Test
	void bearsABurst() {
		assertTrue(bears(200, 5));
		assertFalse(bears(1, 5));
	}

	@Test
	void recoversWithTime() {
		bears(200, -7);
		assertTrue(bears(100, SECOND));
		assertFalse(bears(1, SECOND));
	}

	@Test
	void bearsASteadyRateForEver() {
		for (long now = 0; now < 100 * SECOND; now += SECOND / 100) {
			assertTrue(tolerance.bears(now));
		}
	}

	@Test
	void bearsCompanionsOfWhatWasAskedFor() {
		tolerance.expectCompanions();
		for (int i = 0; i < 4; i++) {
			assertTrue(tolerance.bearsCompanion());
		}
		assertFalse(tolerance.bearsCompanion());
	}
}
