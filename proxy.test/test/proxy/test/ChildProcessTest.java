package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxy.fixtures.Answer;
import proxy.fixtures.Await;
import proxy.fixtures.Client;
import proxy.fixtures.Load;
import proxy.fixtures.Origin;
import proxy.fixtures.Pingoo;
import proxy.fixtures.Ports;
import proxy.fixtures.Request;
import proxy.fixtures.TestGatehouse;

/** A program that runs beside the gateway. */
class ChildProcessTest {

	private static final String YAML = """
			listeners:
			  http: {address: "http://127.0.0.1:<http>"}
			  https: {address: "https://127.0.0.1:<https>"}
			services:
			  origin:
			    http_proxy: ["http://127.0.0.1:<upstream>"]
			child_process:
			  command: [sh, -c, "echo $$ > <pid>; echo hello; echo trouble >&2; while :; do sleep 0.1; done"]
			""";

	@TempDir
	private Path folder;

	private TestGatehouse gatehouse;
	private Origin origin;

	@AfterEach
	void close() {
		if (gatehouse != null) {
			gatehouse.close();
		}
		if (origin != null) {
			origin.close();
		}
	}

	private TestGatehouse.Setup setup(String yaml) {
		return TestGatehouse.configured(yaml).with("pid", folder.resolve("pid"));
	}

	private ProcessHandle process() throws IOException {
		Path pid = folder.resolve("pid");
		Await.until("the child process has said its number", () -> Files.exists(pid) && Files.size(pid) > 0);
		return ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
	}

	private int status(Protocol protocol) {
		try (Client client = protocol.connect(gatehouse)) {
			return client.send(Request.get("/")).status();
		} catch (Exception e) {
			throw new AssertionError(e);
		}
	}

	@Test
	@Pingoo({"child.start", "child.output", "child.stop"})
	void runsWithTheGatewayAndEndsWithIt() throws Exception {
		gatehouse = setup(YAML).file("pingoo.yml").start();
		ProcessHandle process = process();
		assertTrue(process.isAlive());
		gatehouse.log().await("\"message\":\"hello\"", "\"stream\":\"stdout\"", "proxy.child_process");
		gatehouse.log().await("\"message\":\"trouble\"", "\"stream\":\"stderr\"");
		gatehouse.terminate();
		assertEquals(0, gatehouse.awaitEnd());
		assertFalse(process.isAlive());
	}

	@Test
	@Pingoo("child.ready")
	void listenersWaitUntilItIsReady() throws Exception {
		gatehouse = setup(YAML + "  ready_address: 127.0.0.1:<upstream>\n").launch();
		process();
		gatehouse.log().await("configuration successfully loaded");
		assertFalse(Ports.isOpen(gatehouse.port("http")));
		assertFalse(gatehouse.log().any("\"message\":\"ready\""));
		origin = Origin.plain(gatehouse.port("upstream"), Answer.text("ready"));
		gatehouse.awaitReady();
		for (Protocol protocol : Protocol.values()) {
			assertEquals(200, status(protocol));
		}
	}

	@Test
	@Pingoo("child.restart")
	void isStartedAgainWhenItEnds() throws Exception {
		gatehouse = setup(YAML).start();
		ProcessHandle first = process();
		Files.delete(folder.resolve("pid"));
		first.destroy();
		assertTrue(process().isAlive());
		gatehouse.log().await("child process ended with code 143; it is started again");
	}

	@Test
	@Pingoo("child.missing")
	void aProgramThatIsNotThereIsAProblemAndNothingElse() throws Exception {
		String yaml = YAML.replaceAll("command: .*", "command: [/nowhere/program]");
		gatehouse = setup(yaml).start();
		gatehouse.log().await("not in force: child_process.command: ", "/nowhere/program");
		origin = Origin.plain(gatehouse.port("upstream"), Answer.text("one"));
		for (Protocol protocol : Protocol.values()) {
			assertEquals(200, status(protocol));
		}
	}

	@Test
	void anotherCommandReplacesTheProcessAndLosesNoRequest() throws Exception {
		gatehouse = setup(YAML).start();
		ProcessHandle first = process();
		origin = Origin.plain(gatehouse.port("upstream"), Answer.text("one"));
		try (Load load = new Load(Duration.ofMillis(5), 20)) {
			for (Protocol protocol : Protocol.values()) {
				load.users(1, protocol.name(), protocol.connector(gatehouse), Request.get("/"), response -> response.status() == 200);
			}
			load.awaitAnswered(50);
			gatehouse.configure(YAML.replace("echo hello", "echo hello again"));
			gatehouse.log().await("\"message\":\"hello again\"");
			assertFalse(first.isAlive());
			ProcessHandle second = process();
			gatehouse.configure(YAML.substring(0, YAML.indexOf("child_process:")));
			Await.until("the process has ended", () -> !second.isAlive());
			load.awaitAnswered(50);
			load.endWithoutLoss();
		}
	}

	@Test
	void endsWithTheGatewayAlsoWhenThatEndsAtOnce() throws Exception {
		origin = Origin.plain(Answer.webSocketEcho());
		gatehouse = setup(YAML.replace("while :", "trap '' TERM; while :")).start();
		ProcessHandle process = process();
		gatehouse.terminate();
		gatehouse.log().await("Shutting down listeners");
		gatehouse.terminate();
		assertEquals(143, gatehouse.awaitEnd());
		Await.until("the process has ended", () -> !process.isAlive());
	}
}
