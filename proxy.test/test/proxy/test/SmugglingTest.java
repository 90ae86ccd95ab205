package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import proxy.fixtures.TestGatehouse;

/**
 * Ambiguous and hostile requests. Each is sent as it stands; then every octet that the upstream got is read strictly, and
 * two ordinary requests must get their own answers.
 */
class SmugglingTest {

	/** Lanes work next to each other; each has its own listeners, service and upstream, so that a lane knows what is its own. */
	private static final int LANES = 8;
	private static final int HARDENING_REQUIRED = 25;

	private static final List<SmugglingCase> CASES = SmugglingCase.all();
	private static final Map<String, List<String>> FAULTS = new ConcurrentHashMap<>();

	@BeforeAll
	static void sendThemAll() throws Exception {
		StringBuilder listeners = new StringBuilder("listeners:\n");
		StringBuilder services = new StringBuilder("services:\n");
		List<UpstreamRecorder> recorders = new ArrayList<>();
		for (int i = 0; i < LANES; i++) {
			recorders.add(new UpstreamRecorder());
			listeners.append("  plain-%1$d: {address: \"http://127.0.0.1:<plain-%1$d>\", services: [lane-%1$d]}\n".formatted(i));
			listeners.append("  tls-%1$d: {address: \"https://127.0.0.1:<tls-%1$d>\", services: [lane-%1$d]}\n".formatted(i));
			services.append("  lane-%d: {http_proxy: [\"%s\"]}\n".formatted(i, recorders.get(i).url()));
		}
		BlockingQueue<SmugglingCase> queue = new LinkedBlockingQueue<>(CASES);
		ExecutorService threads = Executors.newFixedThreadPool(LANES);
		try (TestGatehouse gatehouse = TestGatehouse.configured(listeners.toString() + services).start()) {
			List<Future<?>> lanes = new ArrayList<>();
			for (int i = 0; i < LANES; i++) {
				SmugglingLane lane = new SmugglingLane(gatehouse.port("plain-" + i), gatehouse.port("tls-" + i), recorders.get(i));
				lanes.add(threads.submit(() -> run(lane, queue)));
			}
			for (Future<?> lane : lanes) {
				lane.get();
			}
		} finally {
			threads.shutdownNow();
			for (UpstreamRecorder recorder : recorders) {
				recorder.close();
			}
		}
	}

	private static Void run(SmugglingLane lane, BlockingQueue<SmugglingCase> queue) throws IOException {
		for (SmugglingCase next = queue.poll(); next != null; next = queue.poll()) {
			FAULTS.put(next.id(), lane.faults(next));
		}
		return null;
	}

	@TestFactory
	Stream<DynamicTest> isTreatedAsItMust() {
		return CASES.stream()
				.filter(SmugglingCase::must)
				.map(request -> DynamicTest.dynamicTest(
						request.toString(), () -> assertEquals(List.of(), FAULTS.get(request.id()))));
	}

	@Test
	void isTreatedWithMoreCareThanRequired() {
		Map<String, List<String>> faults = new TreeMap<>();
		List<SmugglingCase> cases = CASES.stream().filter(request -> !request.must()).toList();
		cases.stream()
				.filter(request -> !FAULTS.get(request.id()).isEmpty())
				.forEach(request -> faults.put(request.toString(), FAULTS.get(request.id())));
		assertTrue(cases.size() - faults.size() >= HARDENING_REQUIRED, faults::toString);
	}

	@Test
	void smugglesNothing() {
		List<String> smuggled = FAULTS.entrySet().stream()
				.filter(faults -> faults.getValue().stream().anyMatch(fault -> fault.startsWith(SmugglingLane.GRAVE)))
				.map(faults -> faults.getKey() + " " + faults.getValue())
				.toList();
		assertEquals(List.of(), smuggled);
	}
}
