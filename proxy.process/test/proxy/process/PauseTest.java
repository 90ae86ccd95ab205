package proxy.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PauseTest {

	@Test
	void growsToHalfAMinuteAndIsShortAgainAfterALongLife() {
		Pause pause = new Pause(1_000);
		for (long expected : new long[] {1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000}) {
			assertEquals(expected, pause.after(100));
		}
		assertEquals(1_000, pause.after(60_000));
		assertEquals(2_000, pause.after(59_999));
	}
}
