package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxy.fixtures.Answer;
import proxy.fixtures.Await;
import proxy.fixtures.Client;
import proxy.fixtures.DockerEngine;
import proxy.fixtures.Load;
import proxy.fixtures.Origin;
import proxy.fixtures.Pingoo;
import proxy.fixtures.Request;
import proxy.fixtures.TestGatehouse;

/**
 * Real containers come and go while requests are served. No request may be lost that can be sent again, which is every one
 * whose response has not begun when its container dies.
 */
class DockerTest {

	private static final String YAML = """
			listeners:
			  http: {address: "http://127.0.0.1:<http>"}
			  https: {address: "https://127.0.0.1:<https>"}
			services:
			  late:
			    route: http_request.path == "/late"
			    http_proxy: []
			  api:
			    http_proxy: ["<origin>"]
			service_discovery:
			  docker:
			    socket: <socket>
			""";

	@TempDir
	static Path folder;

	private static DockerEngine engine;
	private static Origin origin;
	private static TestGatehouse gatehouse;

	private final Set<String> answers = ConcurrentHashMap.newKeySet();
	private Load load;

	@BeforeAll
	static void start() {
		engine = DockerEngine.start(folder);
		engine.docker("network", "create", "front");
		engine.docker("network", "create", "back");
		origin = Origin.plain(Answer.text("origin\n"));
		gatehouse = TestGatehouse.configured(YAML).with("origin", origin.url()).with("socket", engine.socket()).start();
	}

	@AfterAll
	static void stop() {
		if (gatehouse != null) {
			gatehouse.close();
			origin.close();
		}
		if (engine != null) {
			engine.close();
		}
	}

	@BeforeEach
	void loaded() {
		load = new Load(Duration.ofMillis(5), 20);
		for (Protocol protocol : Protocol.values()) {
			load.users(2, protocol.name(), protocol.connector(gatehouse), Request.get("/"), response -> {
				answers.add(response.text());
				return response.status() == 200;
			});
		}
		load.awaitAnswered(50);
	}

	@AfterEach
	void unloaded() {
		load.close();
		for (String id : engine.docker("ps", "-aq").lines().toList()) {
			engine.docker("rm", "-f", id);
		}
	}

	private static void run(String name, String... options) {
		String[] all = new String[options.length + 6];
		System.arraycopy(new String[] {"--network", "front", "--expose", "80", "-l", "pingoo.service=api"}, 0, all, 0, 6);
		System.arraycopy(options, 0, all, 6, options.length);
		engine.run(name, all);
	}

	/** Waits until containers answer, or until they do so no more. */
	private void awaitContainers(boolean wanted) {
		Await.until(wanted ? "a container answers" : "only the origin answers", () -> {
			answers.clear();
			load.awaitAnswered(60);
			return answers.contains("hello\n") == wanted;
		});
	}

	private void endWithoutLoss() {
		load.close();
		List<String> lost = load.failures().stream().filter(failure -> !failure.contains(" broken off after ")).toList();
		assertEquals(List.of(), lost, load::toString);
	}

	private static int status(String path) throws IOException {
		try (Client client = Protocol.HTTP_1.connect(gatehouse)) {
			return client.send(Request.get(path)).status();
		}
	}

	@Test
	@Pingoo({"docker.change", "docker.labels"})
	void containersStartStopAndDie() {
		for (int i = 0; i < 3; i++) {
			run("one", "--network-alias", "a");
			run("two");
			awaitContainers(true);
			engine.docker("kill", "one");
			load.awaitAnswered(100);
			engine.docker("start", "one");
			engine.docker("stop", "-t", "0", "two");
			awaitContainers(true);
			engine.docker("rm", "-f", "one", "two");
			awaitContainers(false);
		}
		endWithoutLoss();
	}

	@Test
	@Pingoo("docker.network")
	void aContainerMovesToAnotherNetwork() {
		run("nomad");
		awaitContainers(true);
		for (int i = 0; i < 2; i++) {
			engine.docker("network", "connect", "back", "nomad");
			engine.docker("network", "disconnect", "front", "nomad");
			awaitContainers(true);
			engine.docker("network", "connect", "front", "nomad");
			engine.docker("network", "disconnect", "back", "nomad");
			awaitContainers(true);
		}
		endWithoutLoss();
	}

	@Test
	@Pingoo("docker.health")
	void anUnhealthyContainerGetsNothing() {
		run("checked", "--health-cmd", "busybox test -e /tmp/well", "--health-interval", "1s", "--health-retries", "1");
		engine.docker("exec", "checked", "/bin/busybox", "touch", "/tmp/well");
		awaitContainers(true);
		engine.docker("exec", "checked", "/bin/busybox", "rm", "/tmp/well");
		awaitContainers(false);
		endWithoutLoss();
	}

	/** With the engine its containers stop; they come back when it does. */
	@Test
	@Pingoo({"docker.reconnect", "docker.failure"})
	void theEngineIsStartedAgain() throws Exception {
		run("kept", "--restart", "always");
		awaitContainers(true);
		engine.stopDaemon();
		gatehouse.log().await("service_discovery.docker.socket");
		load.awaitAnswered(100);
		engine.startDaemon();
		awaitContainers(true);
		run("new");
		engine.docker("rm", "-f", "kept");
		awaitContainers(true);
		endWithoutLoss();
	}

	@Test
	@Pingoo("docker.own-labels")
	void aServiceWithoutUpstreamsGetsThemFromGatehousesLabels() throws Exception {
		assertEquals(503, status("/late"));
		engine.run("late", "--network", "front", "-l", "gatehouse.service=late", "-l", "gatehouse.port=80");
		// the container has no such file, and says so
		Await.until("the container answers", () -> status("/late") == 404);
		endWithoutLoss();
	}

	@Test
	void aRestartOfTheDiscoveryLosesNothingThatItHasFound() throws Exception {
		engine.run("alone", "--network", "front", "-l", "pingoo.service=late", "-l", "pingoo.port=80");
		Await.until("the container answers", () -> status("/late") == 404);
		Load late = new Load(Duration.ofMillis(5), 20);
		late.users(2, "late", Protocol.HTTP_1.connector(gatehouse), Request.get("/late"), response -> response.status() == 404);
		for (int i = 0; i < 3; i++) {
			late.awaitAnswered(50);
			gatehouse.console().update("proxy.discovery.docker");
		}
		gatehouse.console().bundle("proxy.discovery.docker", "stop");
		gatehouse.console().bundle("proxy.discovery.docker", "start");
		late.awaitAnswered(50);
		late.endWithoutLoss();
		gatehouse.console().bundle("proxy.discovery.docker", "stop");
		Await.until("its upstreams are gone", () -> status("/late") == 503);
		gatehouse.console().bundle("proxy.discovery.docker", "start");
		Await.until("they are back", () -> status("/late") == 404);
	}
}
