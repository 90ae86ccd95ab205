package proxy.core.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import proxy.api.upstream.NameDirectory.Watch;
import proxy.api.upstream.NameResolver;
import proxy.api.upstream.Resolution;
import proxy.fixtures.Await;

class NamesTest {

	private static final List<InetSocketAddress> ONE = List.of(new InetSocketAddress("192.0.2.1", 0));
	private static final List<InetSocketAddress> TWO = List.of(new InetSocketAddress("192.0.2.2", 0));

	private final Names names = new Names();
	private final AtomicInteger asked = new AtomicInteger();

	@AfterEach
	void close() {
		names.deactivate();
	}

	@Test
	void knowsAddressesAtOnce() {
		assertEquals("127.0.0.1", names.watch("127.0.0.1", () -> {}).addresses().get(0).getAddress().getHostAddress());
		assertEquals("0:0:0:0:0:0:0:1", names.watch("::1", () -> {}).addresses().get(0).getAddress().getHostAddress());
	}

	@Test
	void findsNamesWithTheSystemAloneAndLeavesThoseThatDoNotResolveEmpty() {
		Watch known = names.watch("localhost", () -> {});
		Watch unknown = names.watch("nobody.invalid", () -> {});
		Watch service = names.watch("_http._tcp.localhost", () -> {});
		known.await(20_000);
		unknown.await(20_000);
		service.await(20_000);
		assertTrue(known.addresses().get(0).getAddress().isLoopbackAddress());
		assertEquals(List.of(), unknown.addresses());
		assertEquals(List.of(), service.addresses());
	}

	@Test
	void keepsWhatItKnowsForASuccessor() {
		names.setResolver(answering(ONE, Duration.ofHours(1)));
		Watch before = watch("some.test");
		before.close();
		Watch after = names.watch("some.test", () -> {});
		assertSame(before.addresses(), after.addresses());
		assertEquals(1, asked.get());
	}

	@Test
	void asksAgainWhenAnAnswerIsNotValidAnyMoreAndTellsWhatIsNew() {
		AtomicReference<List<InetSocketAddress>> answer = new AtomicReference<>(ONE);
		AtomicInteger changes = new AtomicInteger();
		names.setResolver(name -> CompletableFuture.completedFuture(new Resolution(answer.get(), Duration.ofMillis(10))));
		Watch watch = watch("some.test", changes::incrementAndGet);
		int before = changes.get();
		answer.set(TWO);
		Await.until("a change is told", () -> changes.get() > before);
		assertEquals(TWO, watch.addresses());
		assertEquals(before + 1, changes.get());
	}

	@Test
	void asksAnotherResolverAtOnceAndKeepsTheAddressesUntilItAnswers() {
		NameResolver first = answering(ONE, Duration.ofHours(1));
		names.setResolver(first);
		Watch watch = watch("some.test");
		CompletableFuture<Resolution> pending = new CompletableFuture<>();
		names.setResolver(name -> {
			asked.incrementAndGet();
			return pending;
		});
		names.unsetResolver(first);
		Await.until("the other is asked", () -> asked.get() > 1);
		assertEquals(ONE, watch.addresses());
		pending.complete(new Resolution(TWO, Duration.ofHours(1)));
		Await.until("it is believed", () -> watch.addresses().equals(TWO));
	}

	@Test
	void keepsWhatItKnowsWhileNobodyAnswersAndAsksAgain() {
		names.setResolver(name -> asked.incrementAndGet() == 1
				? CompletableFuture.completedFuture(new Resolution(ONE, Duration.ofMillis(1)))
				: CompletableFuture.failedFuture(new IOException("no answer")));
		Watch watch = watch("some.test");
		Await.until("several failures", () -> asked.get() > 3);
		assertEquals(ONE, watch.addresses());
	}

	@Test
	void keepsANameThatIsSaidToBeGoneForAMomentAndGivesItUpThen() {
		AtomicBoolean gone = new AtomicBoolean();
		names.setResolver(name -> {
			asked.incrementAndGet();
			return CompletableFuture.completedFuture(new Resolution(gone.get() ? List.of() : ONE, Duration.ofMillis(20)));
		});
		Watch watch = watch("some.test");
		gone.set(true);
		int before = asked.get();
		Await.until("it is asked some more", () -> asked.get() > before + 5);
		assertEquals(ONE, watch.addresses());
		Await.until("it is given up", () -> watch.addresses().isEmpty());
		gone.set(false);
		Await.until("it is back", () -> watch.addresses().equals(ONE));
	}

	@Test
	void asksAgainSoonWhenAnAddressDidNotWorkButNotForEveryOne() {
		names.setResolver(answering(ONE, Duration.ofHours(1)));
		Watch watch = watch("some.test");
		Await.until("it is asked a second time", () -> {
			watch.refresh();
			return asked.get() > 1;
		});
		int before = asked.get();
		long began = System.nanoTime();
		for (int i = 0; i < 1000; i++) {
			watch.refresh();
		}
		long seconds = (System.nanoTime() - began) / 1_000_000_000;
		assertTrue(asked.get() - before <= seconds + 2, "asked " + asked + " times, " + before + " of them before");
	}

	@Test
	void aNameThatNobodyWantsIsAskedForNoMore() {
		names.setResolver(answering(ONE, Duration.ofMillis(5)));
		watch("some.test").close();
		Await.still("it is forgotten", asked::get);
	}

	private Watch watch(String name) {
		return watch(name, () -> {});
	}

	private Watch watch(String name, Runnable changed) {
		Watch watch = names.watch(name, changed);
		watch.await(20_000);
		assertEquals(ONE, watch.addresses());
		return watch;
	}

	private NameResolver answering(List<InetSocketAddress> addresses, Duration validFor) {
		return name -> {
			asked.incrementAndGet();
			return CompletableFuture.completedFuture(new Resolution(addresses, validFor));
		};
	}
}
