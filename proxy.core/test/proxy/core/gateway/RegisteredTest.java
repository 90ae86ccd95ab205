package proxy.core.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import proxy.core.http.LoopCounter;

class RegisteredTest {

	private static final long GRACE_NANOS = Registered.GRACE_MILLIS * 1_000_000;

	private final AtomicInteger changes = new AtomicInteger();
	private final Registered<String> registered = new Registered<>("name", 1, changes::incrementAndGet);

	private List<String> services(long now) {
		return registered.all(now).stream().map(Registered.Entry::service).toList();
	}

	@Test
	void theHighestRankingComesFirst() {
		registered.add(new Reference("a", 1), "low");
		registered.add(new Reference("b", 3), "high");
		registered.add(new Reference("c", 2), "middle");
		assertEquals(List.of("high", "middle", "low"), services(0));
		assertEquals(3, changes.get());
	}

	@Test
	void ofTwoThatRankAlikeTheElderComesFirst() {
		Reference elder = new Reference("a", 1);
		Reference younger = new Reference("b", 1);
		registered.add(younger, "younger");
		registered.add(elder, "elder");
		assertEquals(List.of("elder", "younger"), services(0));
	}

	@Test
	void newPropertiesAreOfTheSameService() {
		Reference reference = new Reference("a", 1);
		registered.add(reference, "one");
		reference.properties.put("route", "true");
		registered.add(reference, "one");
		assertEquals(List.of("one"), services(0));
		assertEquals("true", registered.all(0).get(0).route());
		assertEquals(2, changes.get());
	}

	@Test
	void oneThatHasGoneStaysUntilItsTimeIsOver() {
		Reference reference = new Reference("a", 1);
		registered.add(reference, "one");
		registered.leave(reference, 1);
		assertEquals(2, changes.get());
		assertTrue(registered.waiting());
		assertEquals(List.of("one"), services(GRACE_NANOS));
		assertEquals(List.of(), services(2 + GRACE_NANOS));
		assertFalse(registered.waiting());
	}

	@Test
	void aSuccessorTakesItsPlaceAndGoesOnCounting() {
		Reference before = new Reference("a", 1);
		registered.add(before, "before");
		LoopCounter counter = registered.all(0).get(0).counter();
		registered.leave(before, 1);
		registered.add(new Reference("a", 1), "after");
		assertEquals(List.of("after"), services(2));
		assertSame(counter, registered.all(2).get(0).counter());
	}

	@Test
	void aNameThatComesBackLateIsCountedAnew() {
		Reference before = new Reference("a", 1);
		registered.add(before, "before");
		LoopCounter counter = registered.all(0).get(0).counter();
		registered.leave(before, 1);
		assertEquals(List.of(), services(2 + GRACE_NANOS));
		registered.add(new Reference("a", 1), "after");
		assertNotSame(counter, registered.all(2).get(0).counter());
	}

	/** A service's registration, of a framework that has nothing else. */
	private static final class Reference implements ServiceReference<String> {

		private static long registered;

		private final Map<String, Object> properties = new TreeMap<>();

		Reference(String name, int ranking) {
			properties.put("name", name);
			properties.put(Constants.SERVICE_RANKING, ranking);
			properties.put(Constants.SERVICE_ID, registered++);
		}

		@Override
		public Object getProperty(String key) {
			return properties.get(key);
		}

		@Override
		public int compareTo(Object other) {
			throw new UnsupportedOperationException();
		}

		@Override
		public String[] getPropertyKeys() {
			return properties.keySet().toArray(String[]::new);
		}

		@Override
		public Bundle getBundle() {
			return null;
		}

		@Override
		public Bundle[] getUsingBundles() {
			return new Bundle[0];
		}

		@Override
		public boolean isAssignableTo(Bundle bundle, String className) {
			return true;
		}

		@Override
		public Dictionary<String, Object> getProperties() {
			throw new UnsupportedOperationException();
		}

		@Override
		public <A> A adapt(Class<A> type) {
			return null;
		}
	}
}
