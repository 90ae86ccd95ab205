package proxy.core.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PaceTest {

	private static final long SECOND = 1_000_000_000L;

	private final Pace pace = new Pace();

	private long left(long seconds) {
		return pace.left(seconds * SECOND, 100) / SECOND;
	}

	@Test
	void fiveSecondsAreGivenAndMoreForWhatHasCome() {
		pace.waiting(100 * SECOND);
		assertEquals(5, left(100));
		assertEquals(1, left(104));
		pace.came(104 * SECOND, 300);
		pace.waiting(104 * SECOND);
		assertEquals(4, left(104));
		assertEquals(-1, left(109));
		assertEquals(Long.MAX_VALUE, pace.left(109 * SECOND, 0));
		pace.reset();
		assertEquals(5, left(109));
	}

	@Test
	void whileNobodyWaitsNoTimePasses() {
		pace.waiting(0);
		pace.came(2 * SECOND, 1);
		assertEquals(3, left(1000));
		pace.waiting(1000 * SECOND);
		pace.waiting(1001 * SECOND);
		assertEquals(1, left(1002));
		pace.excused(1003 * SECOND);
		assertEquals(3, left(1003));
	}

	@Test
	void anyMuchMayHaveCome() {
		pace.came(0, Integer.MAX_VALUE);
		for (int i = 0; i < 1000; i++) {
			pace.came(0, Integer.MAX_VALUE);
		}
		assertTrue(pace.left(0, 1) > 0);
	}
}
