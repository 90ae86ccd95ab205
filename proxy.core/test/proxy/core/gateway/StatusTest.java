package proxy.core.gateway;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatusTest {

	@Test
	void isSettledWhenEveryListenerHasBeenTriedAndNothingChangesAnyMore() {
		assertTrue(Status.isTried(250, 300, List.of(true, true)));
		assertFalse(Status.isTried(249, 300, List.of(true, true)));
		assertFalse(Status.isTried(60_000, 60_000, List.of(true, false)), "one has yet to be bound");
	}

	@Test
	void withoutListenersItIsAfterAWhile() {
		assertFalse(Status.isTried(250, 4_999, List.of()));
		assertTrue(Status.isTried(250, 5_000, List.of()));
	}
}
