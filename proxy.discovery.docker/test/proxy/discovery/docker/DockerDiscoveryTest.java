package proxy.discovery.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxy.api.runtime.Problem;
import proxy.fixtures.Await;
import proxy.fixtures.Pingoo;
import proxy.fixtures.RecordedRuntime;

class DockerDiscoveryTest {

	private static final Duration HOUR = Duration.ofHours(1);
	private static final Duration SHORT = Duration.ofMillis(20);

	@TempDir
	Path folder;

	private final RecordedRuntime runtime = new RecordedRuntime();
	private final Received received = new Received();
	/** Every pause asked for; each lasts until it is let go, or not at all. */
	private final List<Duration> pauses = new CopyOnWriteArrayList<>();
	private final Semaphore attempts = new Semaphore(0);
	private final ContainerText one = container("one", 1);
	private final ContainerText two = container("two", 2);
	private ScriptedEngine engine;
	private DockerDiscovery discovery;

	@BeforeEach
	void prepare() {
		engine = new ScriptedEngine(folder);
		attempts.release(1_000_000);
	}

	@AfterEach
	void stop() throws Exception {
		if (discovery != null) {
			discovery.stop();
		}
		try {
			engine.close();
		} catch (NullPointerException neverStarted) {
			// some tests have no engine
		}
	}

	@Test
	void reportsLabelledContainersByService() throws Exception {
		ContainerText other = new ContainerText("other").label("gatehouse.service", "app").hostNetwork().port("90/tcp");
		engine.with(one, two, other, new ContainerText("unlabelled").hostNetwork().port("70/tcp")).start();
		discover();
		received.await("api=127.0.0.1:8001 api=127.0.0.1:8002 app=127.0.0.1:90");
		assertEquals("docker " + engine.socket + ": connected, 3 labelled containers", discovery.text());
	}

	@Test
	void reportsThatThereIsNothing() throws Exception {
		engine.start();
		discover();
		received.await("");
	}

	@Test
	void tellsLateSubscribersWhatIsKnown() throws Exception {
		engine.with(one).start();
		discover();
		received.await("api=127.0.0.1:8001");
		Received late = new Received();
		discovery.subscribe(late);
		late.await("api=127.0.0.1:8001");
	}

	@Test
	void tellsNothingAfterTheSubscriptionIsClosed() throws Exception {
		engine.with(one).start();
		discover();
		received.await("api=127.0.0.1:8001");
		Received second = new Received();
		AutoCloseable subscription = discovery.subscribe(second);
		second.await("api=127.0.0.1:8001");
		subscription.close();
		comes(two);
		received.await("api=127.0.0.1:8001 api=127.0.0.1:8002");
		assertEquals(List.of("api=127.0.0.1:8001"), second.all());
	}

	@Test
	void goesOnWhenASubscriberThrows() throws Exception {
		engine.with(one).start();
		discover();
		discovery.subscribe(report -> {
			throw new IllegalStateException("on purpose");
		});
		received.await("api=127.0.0.1:8001");
		comes(two);
		received.await("api=127.0.0.1:8001 api=127.0.0.1:8002");
	}

	@Test
	void followsContainersAsTheyComeAndGo() throws Exception {
		engine.with(one).start();
		discover();
		received.await("api=127.0.0.1:8001");
		comes(two);
		received.await("api=127.0.0.1:8001 api=127.0.0.1:8002");
		engine.without(one);
		engine.emit(one.event("die"));
		received.await("api=127.0.0.1:8002");
		engine.with(container("two", 2).health("unhealthy"));
		engine.emit(two.event("health_status: unhealthy"));
		received.await("");
		assertEquals(4, received.all().size());
	}

	@Test
	@Pingoo("docker.change")
	void takesAnUpstreamOutAtItsExitEvenWhenTheEngineHangs() throws Exception {
		engine.with(one, two).start();
		discover();
		received.await("api=127.0.0.1:8001 api=127.0.0.1:8002");
		CountDownLatch never = new CountDownLatch(1);
		engine.answer("/containers", client -> await(never));
		engine.emit(one.event("die"));
		received.await("api=127.0.0.1:8002");
		Await.until("problem", () -> problems().contains("the engine does not answer"));
		never.countDown();
	}

	@Test
	void reportsOnlyWhatChanged() throws Exception {
		engine.with(one).start();
		discover();
		received.await("api=127.0.0.1:8001");
		int lists = engine.lists.get();
		engine.emit(one.event("rename"));
		Await.until("another look", () -> engine.lists.get() >= lists + 2);
		comes(two);
		received.await("api=127.0.0.1:8001 api=127.0.0.1:8002");
		assertEquals(2, received.all().size());
	}

	@Test
	void looksWithoutAnyEventAfterAWhile() throws Exception {
		engine.with(one).start();
		discover(SHORT);
		received.await("api=127.0.0.1:8001");
		engine.with(two);
		received.await("api=127.0.0.1:8001 api=127.0.0.1:8002");
	}

	@Test
	void doesNotLookForEventsOfOtherContainers() throws Exception {
		engine.with(one).start();
		discover();
		received.await("api=127.0.0.1:8001");
		for (int i = 0; i < 1000; i++) {
			engine.emit(new ContainerText("other" + i).event("start"));
		}
		comes(two);
		received.await("api=127.0.0.1:8001 api=127.0.0.1:8002");
		assertTrue(engine.lists.get() <= 6, engine.lists + " lists");
	}

	@Test
	void survivesAHundredThousandEvents() throws Exception {
		engine.with(one).start();
		discover(HOUR, Duration.ofMillis(100));
		received.await("api=127.0.0.1:8001");
		String event = one.event("health_status: healthy") + "\n";
		String chunk = Integer.toHexString(event.length()) + "\r\n" + event + "\r\n";
		long began = System.nanoTime();
		for (int i = 0; i < 1000; i++) {
			engine.emitRaw(chunk.repeat(100));
		}
		comes(two);
		received.await("api=127.0.0.1:8001 api=127.0.0.1:8002");
		long most = 2 * (3 + (System.nanoTime() - began) / 100_000_000);
		assertTrue(engine.lists.get() <= most, engine.lists + " lists, at most " + most);
		assertEquals(List.of(), runtime.problems());
	}

	@Test
	void readsEventsInPieces() throws Exception {
		engine.with(one).start();
		discover();
		received.await("api=127.0.0.1:8001");
		engine.with(two);
		String event = two.event("start");
		int half = event.length() / 2;
		engine.emitRaw(Integer.toHexString(half) + "\r\n" + event.substring(0, half) + "\r\n");
		engine.emitRaw(Integer.toHexString(event.length() - half + 2) + ";x=y\r\n" + event.substring(half) + "\r\n");
		engine.emitRaw("\r");
		engine.emitRaw("\n");
		received.await("api=127.0.0.1:8001 api=127.0.0.1:8002");
		assertEquals(1, engine.streams());
	}

	@Test
	@Pingoo("docker.reconnect")
	void connectsAgainWhenTheStreamIsCutInAnEvent() throws Exception {
		engine.with(one).start();
		discover();
		received.await("api=127.0.0.1:8001");
		engine.emitRaw("100\r\n{\"Type\":\"contai");
		engine.with(two);
		engine.cutStreams();
		received.await("api=127.0.0.1:8001 api=127.0.0.1:8002");
		Await.until("no problem", () -> runtime.problems().isEmpty());
		assertFalse(pauses.isEmpty());
	}

	@ParameterizedTest
	@ValueSource(strings = {"{\"Type\":", "[[", "\u0000", "nonsense"})
	void connectsAgainAfterAMalformedEvent(String event) throws Exception {
		engine.with(one).start();
		discover();
		received.await("api=127.0.0.1:8001");
		engine.with(two);
		engine.emit(event);
		received.await("api=127.0.0.1:8001 api=127.0.0.1:8002");
	}

	@ParameterizedTest
	@ValueSource(strings = {
		"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[{\"Id\":",
		"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n[{}]",
		"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
		"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnull",
		"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n[]",
		"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n[]",
		"HTTP/1.1 200 OK\r\n\r\n[{\"Id\":\"../../x\"}]",
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n[{\"Id\"}]\r\n0\r\n\r\n",
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n[]",
		"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 16\r\n\r\n{\"message\":\"no\"}",
		"HTTP/1.1 404 Not Found\r\n\r\n{}",
		"HTTP/2 200\r\n\r\n[]",
		"SSH-2.0-OpenSSH\r\n",
		"\r\n",
		""
	})
	@Pingoo("docker.failure")
	void keepsTheLastReportWhenTheAnswerIsBroken(String answer) throws Exception {
		engine.with(one).start();
		discover(SHORT);
		received.await("api=127.0.0.1:8001");
		engine.answer("/containers/json", answer);
		Await.until("a problem", () -> problems().contains("the upstreams known last stay in force"));
		int tried = pauses.size();
		Await.until("more attempts", () -> pauses.size() > tried + 3);
		assertEquals(List.of("api=127.0.0.1:8001"), received.all());
		engine.with(two);
		engine.answerRightly("/containers/json");
		received.await("api=127.0.0.1:8001 api=127.0.0.1:8002");
		Await.until("no problem", () -> runtime.problems().isEmpty());
	}

	@Test
	void keepsTheLastReportWhenTheAnswerIsDeeplyNested() throws Exception {
		engine.with(one).start();
		discover(SHORT);
		received.await("api=127.0.0.1:8001");
		engine.answer("/containers/json", ScriptedEngine.OK + "\r\n" + "[".repeat(1_000_000));
		Await.until("a problem", () -> problems().contains("the upstreams known last stay in force"));
		engine.with(two);
		engine.answerRightly("/containers/json");
		received.await("api=127.0.0.1:8001 api=127.0.0.1:8002");
	}

	@Test
	void readsAnswersInChunksAndUntilTheEnd() throws Exception {
		engine.with(one).start();
		String list = "[" + one.entry() + "]";
		engine.answer("/containers/json", ScriptedEngine.OK + "Transfer-Encoding: chunked\r\n\r\n1\r\n[\r\n"
				+ Integer.toHexString(list.length() - 1) + "\r\n" + list.substring(1) + "\r\n0\r\n\r\n");
		engine.answer("/containers/" + one.id, ScriptedEngine.OK + "\r\n" + one.inspection());
		discover();
		received.await("api=127.0.0.1:8001");
	}

	@Test
	void pausesLongerAndLongerWhileTheEngineRefuses() throws Exception {
		engine.start();
		engine.answer("/events", "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 2\r\n\r\n{}");
		discovery = new DockerDiscovery(engine.socket.toString(), runtime, null,
				timing(HOUR, SHORT, HOUR), Duration.ofSeconds(5), new Backoff(() -> 0), this::pause);
		Await.until("attempts", () -> pauses.size() >= 9);
		assertEquals(
				List.of(125L, 250L, 500L, 1000L, 2000L, 4000L, 8000L, 15_000L, 15_000L),
				pauses.subList(0, 9).stream().map(Duration::toMillis).toList());
		assertTrue(problems().contains("the engine answers /events with 503"), problems());
	}

	@Test
	@Pingoo("docker.socket")
	void isOffWithoutASocketAndOnWhenItAppears() throws Exception {
		attempts.drainPermits();
		discover();
		Await.until("first look for the socket", () -> pauses.size() == 1);
		assertEquals(List.of(), runtime.problems());
		assertEquals("docker " + engine.socket + ": socket not found", discovery.text());
		engine.with(one).start();
		attempts.release(1_000_000);
		received.await("api=127.0.0.1:8001");
	}

	@Test
	void keepsTheLastReportWhileTheEngineRestarts() throws Exception {
		engine.with(one).start();
		discover();
		received.await("api=127.0.0.1:8001");
		engine.close();
		Await.until("refusal", () -> problems().contains("the upstreams known last stay in force"));
		Files.delete(engine.socket);
		int tried = pauses.size();
		Await.until("more attempts", () -> pauses.size() > tried + 3);
		assertEquals(List.of("api=127.0.0.1:8001"), received.all());
		engine.without(one);
		engine.with(two).start();
		received.await("api=127.0.0.1:8002");
		Await.until("no problem", () -> runtime.problems().isEmpty());
	}

	@Test
	void leavesOutWhatIsGoneBetweenListAndInspection() throws Exception {
		engine.with(one, two).start();
		engine.answer("/containers/" + two.id, "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}");
		discover();
		received.await("api=127.0.0.1:8001");
		assertEquals(List.of(), runtime.problems());
	}

	@Test
	void keepsWhatItKnowsOfOneContainerThatTheEngineHangsOver() throws Exception {
		engine.with(one).start();
		discover();
		received.await("api=127.0.0.1:8001");
		CountDownLatch never = new CountDownLatch(1);
		engine.answer("/containers/" + one.id, client -> await(never));
		comes(two);
		received.await("api=127.0.0.1:8001 api=127.0.0.1:8002");
		never.countDown();
	}

	@ParameterizedTest
	@ValueSource(strings = {
		"HTTP/1.1 500 Internal Server Error\r\n\r\n{\"message\":\"no\"}",
		"HTTP/1.1 502 Bad Gateway\r\n\r\n<html>",
		"HTTP/1.1 200 OK\r\n\r\n{}",
		"HTTP/1.1 200 OK\r\n\r\n{\"Id\":"
	})
	void containersThatTheEngineCannotDescribeDoNotHideTheOthers(String answer) throws Exception {
		engine.with(one).start();
		discover();
		received.await("api=127.0.0.1:8001");
		ContainerText unknown = container("unknown", 3);
		engine.with(unknown);
		engine.answer("/containers/" + one.id, answer);
		engine.answer("/containers/" + unknown.id, answer);
		comes(two);
		received.await("api=127.0.0.1:8001 api=127.0.0.1:8002");
		Await.until("one problem", () -> problems().contains("nothing is known of container " + unknown.id));
		assertEquals("docker " + engine.socket + ": connected, 3 labelled containers", discovery.text());
	}

	@Test
	void rejectsABadLabelAlone() throws Exception {
		ContainerText bad = new ContainerText("bad").service("x\\r\\ny").hostNetwork().port("80/tcp");
		engine.with(one, bad, new ContainerText("many").service("api").hostNetwork().port("80/tcp").port("81/tcp")).start();
		discover();
		received.await("api=127.0.0.1:8001");
		Await.until("problems", () -> runtime.problems().size() == 2);
		assertEquals(
				List.of(
						new Problem("service_discovery.docker[bad]", "the label pingoo.service of container bad is not the name of a service"),
						new Problem("service_discovery.docker[many]", "container many exposes 2 ports (80, 81), set the label pingoo.port")),
				runtime.problems());
		engine.without(bad);
		engine.emit(bad.event("die"));
		Await.until("one problem less", () -> runtime.problems().size() == 1);
		discovery.stop();
		assertEquals(List.of(), runtime.problems());
	}

	@Test
	void usesTheNetworksOfItsOwnContainer() throws Exception {
		ContainerText own = new ContainerText("gateway").network("front", "10.2.0.2", "");
		ContainerText web = new ContainerText("web").service("api").port("80/tcp").network("back", "10.1.0.5", "");
		engine.with(own, web).start();
		discovery = new DockerDiscovery(engine.socket.toString(), runtime, own.id,
				timing(HOUR, SHORT, HOUR), Duration.ofSeconds(5), new Backoff(new Random()), this::pause);
		discovery.subscribe(received);
		received.await("");
		assertTrue(problems().contains("shares no network with the gateway's container; it is on: back"), problems());
		engine.with(own.network("back", "10.1.0.2", ""));
		engine.emit("""
				{"Type":"network","Action":"connect","Actor":{"ID":"n","Attributes":{"container":"%s"}}}""".formatted(own.id));
		received.await("api=10.1.0.5:80");
	}

	@Test
	void speaksTcpToo() throws Exception {
		try (java.net.ServerSocket server = new java.net.ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
			String socket = "tcp://localhost:" + server.getLocalPort();
			discovery = new DockerDiscovery(socket, runtime, null, timing(HOUR, SHORT, HOUR), Duration.ofSeconds(5),
					new Backoff(new Random()), this::pause);
			try (java.net.Socket client = server.accept()) {
				byte[] start = client.getInputStream().readNBytes(12);
				assertEquals("GET /events?", new String(start));
			}
		}
	}

	@Test
	void isTurnedOffByAnEmptySocket() throws Exception {
		discovery = new DockerDiscovery(" ", runtime, null, timing(HOUR, SHORT, HOUR), HOUR, new Backoff(new Random()), this::pause);
		discovery.subscribe(received);
		assertEquals("docker: turned off", discovery.text());
	}

	@Test
	void refusesASocketThatIsNone() {
		String message = "'http://x' is neither a path, nor unix:///path, nor tcp://host:port";
		assertEquals(
				"service_discovery.docker.socket: " + message,
				assertThrows(IllegalArgumentException.class, () -> new DockerDiscovery("http://x", runtime, null,
						timing(HOUR, SHORT, HOUR), HOUR, new Backoff(new Random()), this::pause)).getMessage());
		assertEquals(List.of(new Problem("service_discovery.docker.socket", message)), runtime.problems());
	}

	@Test
	void stopsWhileTheEngineHangs() throws Exception {
		CountDownLatch never = new CountDownLatch(1);
		CountDownLatch asked = new CountDownLatch(1);
		engine.start().answer("/", client -> {
			asked.countDown();
			await(never);
		});
		discovery = new DockerDiscovery(engine.socket.toString(), runtime, null,
				timing(HOUR, SHORT, HOUR), HOUR, new Backoff(new Random()), this::pause);
		asked.await();
		discovery.stop();
		assertTrue(Thread.getAllStackTraces().keySet().stream().noneMatch(t -> t.getName().equals("gatehouse-docker")));
		never.countDown();
	}

	private static ContainerText container(String name, int number) {
		return new ContainerText(name).service("api").hostNetwork().port(8000 + number + "/tcp");
	}

	private void comes(ContainerText container) throws IOException {
		engine.with(container);
		engine.emit(container.event("start"));
	}

	private void discover() {
		discover(HOUR);
	}

	private void discover(Duration fullLook) {
		discover(fullLook, Duration.ofMillis(1));
	}

	private void discover(Duration fullLook, Duration quiet) {
		discovery = new DockerDiscovery(engine.socket.toString(), runtime, null,
				timing(fullLook, quiet, Duration.ZERO), Duration.ofMillis(700), new Backoff(new Random()), this::pause);
		discovery.subscribe(received);
	}

	private static ContainerWatch.Timing timing(Duration fullLook, Duration quiet, Duration stable) {
		return new ContainerWatch.Timing(fullLook, quiet, SHORT, stable);
	}

	/** A pause that is over as soon as the test allows another attempt; never a busy loop. */
	private void pause(Duration time) throws InterruptedException {
		pauses.add(time);
		attempts.acquire();
		Thread.sleep(1);
	}

	private String problems() {
		return new ArrayList<>(runtime.problems()).toString();
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}
}
