package proxy.captcha;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpentChallengesTest {

	private final SpentChallenges spent = new SpentChallenges(3);

	@Test
	void takesAChallengeOnce() {
		assertTrue(spent.spend("a", 100, 0));
		assertFalse(spent.spend("a", 100, 0));
		assertTrue(spent.spend("b", 100, 0));
	}

	@Test
	void takesItOnceFromManyThreads() {
		SpentChallenges many = new SpentChallenges(100);
		assertEquals(50, IntStream.range(0, 1000).parallel().filter(i -> many.spend("n" + i % 50, 100, 0)).count());
	}

	@Test
	void whenItIsFullItNeitherGrowsNorTakesAnythingTwice() {
		for (int i = 0; i < 10; i++) {
			assertTrue(spent.spend("n" + i, 100 + i, 0));
		}
		assertEquals(3, spent.size());
		for (int i = 0; i < 10; i++) {
			assertFalse(spent.spend("n" + i, 100 + i, 0), "n" + i);
		}
		assertFalse(spent.spend("late", 104, 0), "expires before one that was forgotten");
		assertTrue(spent.spend("early", 120, 0));
	}

	@Test
	void forgetsWhatHasExpired() {
		assertTrue(spent.spend("a", 100, 0));
		assertTrue(spent.spend("b", 101, 0));
		assertTrue(spent.spend("c", 200, 101));
		assertEquals(2, spent.size());
		assertFalse(spent.spend("a", 100, 101));
		assertFalse(spent.spend("b", 101, 101));
	}
}
