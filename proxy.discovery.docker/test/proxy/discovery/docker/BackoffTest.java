package proxy.discovery.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

	private static final RandomGenerator SMALLEST = () -> 0;

	@Test
	void doublesUpToHalfAMinute() {
		assertEquals(List.of(125L, 250L, 500L, 1000L, 2000L, 4000L, 8000L, 15_000L, 15_000L), pauses(new Backoff(SMALLEST), 9));
		Backoff random = new Backoff(new java.util.Random(1));
		assertEquals(List.of(), pauses(random, 1000).stream().filter(millis -> millis < 125 || millis > 30_000).toList());
	}

	@Test
	void beginsSmallAgain() {
		Backoff backoff = new Backoff(SMALLEST);
		pauses(backoff, 9);
		backoff.reset();
		assertEquals(List.of(125L), pauses(backoff, 1));
	}

	private static List<Long> pauses(Backoff backoff, int count) {
		return Stream.generate(() -> backoff.next().toMillis()).limit(count).toList();
	}
}
