package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import proxy.fixtures.Answer;
import proxy.fixtures.Await;
import proxy.fixtures.Client;
import proxy.fixtures.HeldAnswer;
import proxy.fixtures.Load;
import proxy.fixtures.Origin;
import proxy.fixtures.Pingoo;
import proxy.fixtures.Ports;
import proxy.fixtures.Request;
import proxy.fixtures.Response;
import proxy.fixtures.TestGatehouse;

/** One process takes over from another, at the same ports and with the same data directory. */
class ReplacementTest {

	/** Fifty with GATEHOUSE_LONG_TESTS=1. */
	private static final int REPLACEMENTS = "1".equals(System.getenv("GATEHOUSE_LONG_TESTS")) ? 50 : 4;

	private final HeldAnswer held = new HeldAnswer(Answer.text("one"));
	private final List<TestGatehouse> all = new ArrayList<>();
	private Origin origin;
	private TestGatehouse current;

	@BeforeEach
	void start() {
		origin = Origin.plain((request, connection) ->
				(request.target().equals("/slow") ? held : Answer.text("one")).to(request, connection));
		current = Gateways.echoing(origin);
		all.add(current);
	}

	@AfterEach
	void close() {
		held.release();
		all.forEach(TestGatehouse::kill);
		current.close();
		origin.close();
	}

	private TestGatehouse.Setup successor(String yaml) {
		return TestGatehouse.configured(yaml)
				.with("origin", origin.url())
				.with("http", current.port("http"))
				.with("https", current.port("https"))
				.folder(current.folder());
	}

	/** Returns the one before. */
	private TestGatehouse replace() {
		TestGatehouse before = current;
		TestGatehouse next = successor(Gateways.YAML).argument("--replace").start();
		all.add(next);
		next.log().await("is asked to stop");
		current = next;
		return before;
	}

	@Test
	@Pingoo("sockets.replacement")
	void replacingTheProcessLosesNoRequest() {
		Load load = new Load(Duration.ofMillis(5), 10);
		for (Protocol protocol : Protocol.values()) {
			load.users(2, protocol.name(), () -> protocol.connect(current), Request.get("/"), response ->
					response.status() == 200 && response.text().equals("one"));
		}
		load.awaitAnswered(100);
		for (int i = 0; i < REPLACEMENTS; i++) {
			assertEquals(0, replace().awaitEnd());
			load.awaitAnswered(100);
		}
		load.endWithoutLoss();
	}

	@ParameterizedTest
	@EnumSource
	void theOneBeforeAnswersOneMoreRequestOnEveryConnection(Protocol protocol) throws Exception {
		try (Client client = protocol.connect(current)) {
			assertEquals(200, client.send(Request.get("/")).status());
			TestGatehouse before = replace();
			before.log().await("Shutting down listeners");
			if (protocol.isHttp2()) {
				Await.until("GOAWAY", client::isLeft);
			} else {
				assertFalse(client.isEnded());
				Await.until("a last answer", () -> {
					Response response = client.send(Request.get("/"));
					assertEquals(200, response.status());
					return response.fields().lists("connection", "close");
				});
			}
			Await.until("the connection ends", client::isEnded);
			assertEquals(0, before.awaitEnd());
		}
	}

	@Test
	void theConsoleOpensAtTheSamePortWhenTheOneBeforeHasEnded() {
		int port = Ports.free();
		String yaml = Gateways.YAML + "console: {address: \"127.0.0.1:" + port + "\"}\n";
		current.configure(yaml);
		Await.until("the console has moved", () -> Ports.isOpen(port));
		TestGatehouse next = successor(yaml).argument("--replace").start();
		all.add(next);
		assertEquals(0, current.awaitEnd());
		Await.until("the console is there", () -> Ports.isOpen(port));
		assertEquals(List.of(), next.log().lines().stream().filter(line -> !line.startsWith("{")).toList());
		assertFalse(next.log().any("so there is no console"), () -> next.log().toString());
		current = next;
	}

	@Test
	void whatCannotListenDoesNotTakeOver() throws Exception {
		try (ServerSocketChannel taken = ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0))) {
			int port = ((InetSocketAddress) taken.getLocalAddress()).getPort();
			TestGatehouse next = successor(Gateways.YAML.replace("services:", "  other: {address: \"http://127.0.0.1:" + port + "\"}\nservices:"))
					.argument("--replace")
					.launch();
			all.add(next);
			assertEquals(1, next.awaitEnd());
			next.log().await("cannot take over from process " + current.pid() + ", which goes on: listeners.other.address");
		}
		assertEquals(200, status());
	}

	/** It would take half of the connections, which the kernel shares out, and answer none. */
	@Test
	void whoHangsIsKilled() throws Exception {
		TestGatehouse before = current.signal("STOP");
		replace();
		current.log().await("process " + before.pid() + " still listens");
		assertEquals(137, before.awaitEnd());
		current.log().await("process " + before.pid() + " has ended");
		assertEquals(200, status());
	}

	@Test
	void twoProcessesDoNotShareADataDirectoryByAccident() throws Exception {
		TestGatehouse second = successor(Gateways.YAML).launch();
		all.add(second);
		assertEquals(1, second.awaitEnd());
		second.log().await("process " + current.pid() + " runs with the data directory");
		assertEquals(200, status());
	}

	@Test
	void whoFinishesItsRequestsIsLeftAlone() throws Exception {
		TestGatehouse before = current;
		try (Client client = Protocol.HTTP_1.connect(before)) {
			CompletableFuture<Response> slow = held.begin(client, Request.get("/slow"));
			before.terminate();
			before.log().await("Shutting down listeners");
			replaceNobody();
			assertEquals(200, status());
			assertTrue(before.isAlive());
			held.release();
			assertEquals(200, slow.get().status());
		}
		assertEquals(0, before.awaitEnd());
		assertTrue(current.isAlive());
	}

	@Test
	void aProcessThatIsNoGatehouseIsNotAskedToStop() throws Exception {
		current.kill();
		Process stranger = new ProcessBuilder("sleep", "600").start();
		try {
			current = successor(Gateways.YAML).option("-Dgatehouse.replaces=" + stranger.pid()).start();
			all.add(current);
			Await.until("it serves", () -> pidFile().equals(current.pid() + "\n"));
			assertFalse(current.log().any("is asked to stop"));
			assertTrue(stranger.isAlive());
		} finally {
			stranger.destroyForcibly().waitFor();
		}
	}

	@Test
	void ofTwoThatReplaceAtOnceOneServes() throws Exception {
		TestGatehouse before = current;
		TestGatehouse one = successor(Gateways.YAML).argument("--replace").launch();
		TestGatehouse other = successor(Gateways.YAML).argument("--replace").launch();
		all.addAll(List.of(one, other));
		assertEquals(0, before.awaitEnd());
		Await.until("one has ended", () -> !one.isAlive() || !other.isAlive());
		current = one.isAlive() ? one : other;
		assertTrue(current.isAlive());
		assertEquals(200, status());
		assertEquals(current.pid() + "\n", pidFile());
	}

	@Test
	void aDataDirectoryIsTheSameInEverySpelling() throws Exception {
		TestGatehouse second = successor(Gateways.YAML).argument("--data").argument(current.data() + "/../data/").launch();
		all.add(second);
		assertEquals(1, second.awaitEnd());
		second.log().await("process " + current.pid() + " runs with the data directory");
	}

	@Test
	void isFoundOnceItsPidFileCanBeWritten() throws Exception {
		TestGatehouse.Setup setup = TestGatehouse.configured(Gateways.YAML).with("origin", origin.url());
		Path obstacle = Files.createDirectory(setup.folder().resolve("data/gatehouse.pid.lock"));
		try (TestGatehouse gatehouse = setup.start()) {
			gatehouse.log().await("another process would not find this one");
			Files.delete(obstacle);
			Path file = obstacle.resolveSibling("gatehouse.pid");
			Await.until("the pid file says who serves", () ->
					Files.exists(file) && Files.readString(file).strip().equals(String.valueOf(gatehouse.pid())));
		}
	}

	@Test
	void withNobodyToReplaceItStarts() throws Exception {
		current.kill();
		replaceNobody();
		assertEquals(200, status());
	}

	private void replaceNobody() {
		current = successor(Gateways.YAML).argument("--replace").start();
		all.add(current);
	}

	private String pidFile() {
		try {
			return Files.readString(current.data().resolve("gatehouse.pid"));
		} catch (IOException none) {
			return "";
		}
	}

	private int status() throws IOException {
		try (Client client = Protocol.HTTP_1.connect(current)) {
			return client.send(Request.get("/")).status();
		} catch (Exception e) {
			throw new IOException(e);
		}
	}
}
