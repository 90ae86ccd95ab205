package proxy.tls.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PausesTest {

	@Test
	void growAfterRefusalsUpToSixHours() {
		assertEquals(
				List.of(1L, 5L, 15L, 30L, 60L, 120L, 240L, 360L, 360L),
				IntStream.rangeClosed(1, 9).mapToObj(failures -> Pauses.refused(failures, 0.5).toMinutes()).toList());
	}

	@Test
	void areSecondsAtFirstWhileTheAuthorityIsAwayAndNeverLongerThanAMinuteInTheFirstHour() {
		assertEquals(
				List.of(2L, 5L, 10L, 20L, 30L, 50L, 50L),
				IntStream.rangeClosed(1, 7).mapToObj(failures -> Pauses.unreachable(failures, 0.5).toSeconds()).toList());
		Duration sum = Duration.ZERO;
		int failures = 0;
		while (sum.compareTo(Duration.ofHours(1)) < 0) {
			Duration pause = Pauses.unreachable(++failures, 1);
			assertTrue(pause.toSeconds() < 60, "pause " + failures + " is " + pause);
			sum = sum.plus(pause);
		}
		assertEquals(300, Pauses.unreachable(1000, 0.5).toSeconds());
	}

	@Test
	void differByATenth() {
		assertEquals(54, Pauses.refused(1, 0).toSeconds());
		assertEquals(66, Pauses.refused(1, 1).toSeconds());
	}

	/** Let's Encrypt allows five failed validations per name and hour. */
	@ParameterizedTest
	@ValueSource(doubles = {0, 0.5, 1})
	void allowAtMostFiveRefusalsInAnyHour(double random) {
		List<Instant> tries = new ArrayList<>();
		Instant now = Instant.EPOCH;
		for (int failures = 1; failures < 40; failures++) {
			tries.add(now);
			now = now.plus(Pauses.refused(failures, random));
		}
		for (Instant start : tries) {
			Instant end = start.plus(Duration.ofHours(1));
			assertTrue(tries.stream().filter(t -> !t.isBefore(start) && t.isBefore(end)).count() <= 5, "from " + start);
		}
	}
}
