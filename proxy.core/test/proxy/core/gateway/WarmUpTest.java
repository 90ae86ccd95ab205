package proxy.core.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.ComponentInstance;
import proxy.api.http.HttpService;
import proxy.core.tls.ServerTls;
import proxy.fixtures.Await;
import proxy.fixtures.Configuration;
import proxy.fixtures.RecordedRuntime;

/** When listeners are held back for a warm-up, and for how long. */
class WarmUpTest {

	private final RecordedRuntime runtime = new RecordedRuntime();
	private final AtomicInteger disposed = new AtomicInteger();
	private Engine engine;

	@BeforeEach
	void start() throws IOException {
		engine = new Engine(Configuration.of(Engine.Config.class, Map.of("threads", 1, "tls_engine", "jdk")));
	}

	@AfterEach
	void stop() throws InterruptedException {
		engine.deactivate();
		Await.until("the warm-up's thread has ended", () -> Thread.getAllStackTraces().keySet().stream()
				.noneMatch(thread -> thread.getName().startsWith("gatehouse-warmup")));
	}

	private WarmUp warmUp(int limit, boolean replacing) {
		return new WarmUp(config(limit), false, replacing, engine, runtime, new ServerTls(engine.tls()));
	}

	private static WarmUp.Config config(int limit) {
		return Configuration.of(WarmUp.Config.class, Map.of("limit_ms", limit));
	}

	/** Of instances that give this service. */
	private ComponentFactory<Supplier<HttpService>> factory(HttpService service) {
		return new ComponentFactory<>() {
			@Override
			public ComponentInstance<Supplier<HttpService>> newInstance(Dictionary<String, ?> properties) {
				return new ComponentInstance<>() {
					@Override
					public void dispose() {
						disposed.incrementAndGet();
					}

					@Override
					public Supplier<HttpService> getInstance() {
						return () -> service;
					}
				};
			}
		};
	}

	@Test
	void nothingIsHeldBackByDefault() {
		warmUp(0, false).setServices(factory(exchange -> {}));
		assertFalse(runtime.everHeld());
	}

	@Test
	void aProcessThatReplacesAnotherWarmsUpByDefault() {
		WarmUp warmUp = warmUp(0, true);
		warmUp.setServices(factory(exchange -> {}));
		assertTrue(runtime.everHeld());
		warmUp.deactivate();
	}

	@Test
	void nothingIsHeldBackWithoutAServiceToRehearseWith() {
		warmUp(30_000, false);
		assertFalse(runtime.everHeld());
	}

	@Test
	void listenersThatAreOpenAreNotHeldBackAnyMore() {
		WarmUp warmUp = warmUp(0, false);
		warmUp.setServices(factory(exchange -> {}));
		runtime.listens("http");
		warmUp.modified(config(30_000));
		assertFalse(runtime.everHeld());
	}

	@Test
	void theLimitIsKeptWhateverTheServiceDoes() throws InterruptedException {
		CountDownLatch asked = new CountDownLatch(1);
		warmUp(50, false).setServices(factory(exchange -> asked.countDown()));
		asked.await();
		Await.until("listeners may open", () -> runtime.holds() == 0);
		assertEquals(0, disposed.get(), "the service that never answers is still waited for");
	}

	@Test
	void aServiceThatThrowsEndsIt() {
		warmUp(30_000, false).setServices(factory(exchange -> {
			throw new IllegalStateException("broken");
		}));
		Await.until("listeners may open", () -> runtime.everHeld() && runtime.holds() == 0);
		Await.until("the service has been given back", () -> disposed.get() == 1);
	}

	@Test
	void aFactoryThatThrowsEndsIt() {
		warmUp(30_000, false).setServices(properties -> {
			throw new LinkageError("broken");
		});
		Await.until("listeners may open", () -> runtime.everHeld() && runtime.holds() == 0);
	}

	@Test
	void theEndOfTheBundleEndsIt() throws InterruptedException {
		ComponentFactory<Supplier<HttpService>> factory = factory(exchange -> {});
		WarmUp warmUp = warmUp(30_000, false);
		warmUp.setServices(factory);
		assertEquals(1, runtime.holds());
		warmUp.unsetServices(factory);
		assertEquals(0, runtime.holds());
	}

	@Test
	void switchingItOffEndsIt() {
		WarmUp warmUp = warmUp(30_000, false);
		warmUp.setServices(factory(exchange -> {}));
		warmUp.modified(config(0));
		assertEquals(0, runtime.holds());
	}

	@ParameterizedTest
	@ValueSource(ints = {-1, 30_001})
	void aLimitBeyondReasonIsTold(int limit) {
		WarmUp warmUp = warmUp(limit, false);
		warmUp.setServices(factory(exchange -> {}));
		assertEquals(
				"[warmup.limit_ms: " + limit + " is not in 0..30000, so there is no warm-up]", runtime.problems().toString());
		assertFalse(runtime.everHeld());
		warmUp.modified(config(0));
		assertEquals("[]", runtime.problems().toString());
	}

	@Test
	void aGatewayThatHasBegunOnceDoesNotBeginAgain() {
		new WarmUp(config(30_000), true, false, engine, runtime, new ServerTls(engine.tls())).setServices(factory(exchange -> {}));
		assertFalse(runtime.everHeld());
	}
}
