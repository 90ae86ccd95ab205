package proxy.core.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import proxy.api.rule.FactProvider;
import proxy.api.rule.FactProvider.ClientFacts;
import proxy.core.http.ClientLookup;

class ClientKnowledgeTest {

	private static final InetAddress ANY = InetAddress.getLoopbackAddress();
	private static final long GRACE_NANOS = Registered.GRACE_MILLIS * 1_000_000;

	private final ClientKnowledge knowledge = new ClientKnowledge();

	@Test
	void nobodyIsAskedWhileThereIsNobody() {
		assertSame(ClientLookup.NOBODY, knowledge.lookup(0));
	}

	@Test
	void aSuccessorStaysWhenItsPredecessorGoes() {
		FactProvider first = from("FR");
		knowledge.set(first);
		knowledge.set(from("DE"));
		knowledge.leave(first, 1);
		assertFalse(knowledge.waiting());
		assertEquals("DE", knowledge.lookup(10 * GRACE_NANOS).lookup(ANY).country());
	}

	@Test
	void oneThatHasGoneIsAskedUntilItsTimeIsOver() {
		FactProvider only = from("FR");
		knowledge.set(only);
		ClientLookup before = knowledge.lookup(0);
		knowledge.leave(only, 1);
		assertTrue(knowledge.waiting());
		assertSame(before, knowledge.lookup(GRACE_NANOS));
		assertSame(ClientLookup.NOBODY, knowledge.lookup(2 + GRACE_NANOS));
		assertFalse(knowledge.waiting());
	}

	private static FactProvider from(String country) {
		return address -> new ClientFacts(1, country);
	}
}
