package proxy.discovery.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxy.api.upstream.Upstream;
import proxy.fixtures.Await;
import proxy.fixtures.DockerEngine;
import proxy.fixtures.Pingoo;
import proxy.fixtures.RecordedRuntime;

/** Against a real Docker engine and its real containers. No look but the first is made without an event. */
class RealEngineTest {

	@TempDir
	static Path folder;

	private static DockerEngine engine;

	private final RecordedRuntime runtime = new RecordedRuntime();
	private final HttpClient client = HttpClient.newHttpClient();
	private DockerDiscovery discovery;
	private volatile Map<String, List<Upstream>> report;

	@BeforeAll
	static void startEngine() {
		engine = DockerEngine.start(folder);
		engine.docker("network", "create", "front");
		engine.docker("network", "create", "back");
	}

	@AfterAll
	static void stopEngine() {
		if (engine != null) {
			engine.close();
		}
	}

	@BeforeEach
	void discover() {
		ContainerWatch.Timing timing = new ContainerWatch.Timing(
				Duration.ofHours(1), Duration.ofMillis(200), Duration.ofMillis(100), Duration.ofSeconds(30));
		discovery = new DockerDiscovery(engine.socket().toString(), runtime, null, timing, Duration.ofSeconds(5),
				new Backoff(new Random()), time -> Thread.sleep(time.toMillis()));
		discovery.subscribe(all -> report = all);
		Await.until("a first report", () -> report != null);
	}

	@AfterEach
	void stop() throws InterruptedException {
		discovery.stop();
		String ids = engine.docker("ps", "-aq");
		for (String id : ids.lines().toList()) {
			engine.docker("rm", "-f", id);
		}
	}

	@Test
	void followsContainersThatStartStopAndDie() throws Exception {
		engine.run("one", "--network", "front", "--expose", "80", "-l", "pingoo.service=api");
		engine.run("two", "--network", "front", "--expose", "80", "-l", "gatehouse.service=api");
		await("api", 2);
		for (Upstream upstream : upstreams("api")) {
			Await.until(upstream + " answers", () -> answers(upstream));
		}
		assertEquals(List.of("one:80", "two:80"), upstreams("api").stream().map(Upstream::name).toList());
		engine.docker("kill", "one");
		await("api", 1);
		engine.docker("start", "one");
		await("api", 2);
		engine.docker("stop", "-t", "0", "two");
		await("api", 1);
		engine.docker("pause", "one");
		await("api", 0);
		engine.docker("unpause", "one");
		await("api", 1);
		engine.docker("rm", "-f", "one");
		await("api", 0);
	}

	@Test
	void followsHealth() throws Exception {
		engine.run("checked", "--network", "front", "--expose", "80", "-l", "pingoo.service=api",
				"--health-cmd", "busybox test -e /tmp/well", "--health-interval", "1s", "--health-retries", "1");
		Await.until("unhealthy", () -> health("checked").equals("unhealthy"));
		engine.run("other", "--network", "front", "--expose", "80", "-l", "pingoo.service=api");
		await("api", 1);
		engine.docker("exec", "checked", "/bin/busybox", "touch", "/tmp/well");
		await("api", 2);
		engine.docker("exec", "checked", "/bin/busybox", "rm", "/tmp/well");
		await("api", 1);
		assertEquals("other:80", upstreams("api").get(0).name());
	}

	@Test
	@Pingoo("docker.network")
	void followsAContainerToAnotherNetwork() throws Exception {
		engine.run("nomad", "--network", "front", "--expose", "80", "-l", "pingoo.service=api");
		await("api", 1);
		Upstream before = upstreams("api").get(0);
		engine.docker("network", "connect", "back", "nomad");
		engine.docker("network", "disconnect", "front", "nomad");
		Await.until("another address", () -> upstreams("api").size() == 1 && !upstreams("api").get(0).equals(before));
		Await.until("it answers", () -> answers(upstreams("api").get(0)));
	}

	@Test
	void saysWhichContainerSharesNoNetwork() {
		engine.run("loner", "--network", "none", "--expose", "80", "-l", "pingoo.service=api");
		Await.until("a problem", () -> !runtime.problems().isEmpty());
		assertEquals(
				"service_discovery.docker[loner]: container loner is on no network of this machine (none) and publishes no port 80",
				runtime.problems().get(0).toString());
	}

	@Test
	void reachesAContainerOnTheMachinesNetwork() throws Exception {
		int port = freePort();
		engine.docker("run", "-d", "--stop-signal", "KILL", "--name", "host", "--network", "host",
				"-l", "pingoo.service=host", "-l", "pingoo.port=" + port,
				DockerEngine.IMAGE, "/bin/busybox", "httpd", "-f", "-p", String.valueOf(port), "-h", "/www");
		await("host", 1);
		Await.until("it answers", () -> answers(upstreams("host").get(0)));
	}

	@Test
	@Pingoo({"docker.reconnect", "docker.failure"})
	void survivesTheEnginesRestart() throws Exception {
		engine.run("kept", "--network", "front", "--restart", "always", "--expose", "80", "-l", "pingoo.service=api");
		await("api", 1);
		engine.stopDaemon();
		Await.until("a problem", () -> !runtime.problems().isEmpty());
		engine.startDaemon();
		await("api", 1);
		Await.until("no problem", () -> runtime.problems().isEmpty());
		Await.until("it answers", () -> answers(upstreams("api").get(0)));
		engine.run("new", "--network", "front", "--expose", "80", "-l", "pingoo.service=api");
		await("api", 2);
	}

	private List<Upstream> upstreams(String service) {
		return report.getOrDefault(service, List.of());
	}

	private void await(String service, int count) {
		Await.until(count + " upstreams of " + service, () -> upstreams(service).size() == count);
	}

	private boolean answers(Upstream upstream) throws InterruptedException {
		String address = upstream.address().getAddress().getHostAddress() + ":" + upstream.address().getPort();
		try {
			HttpRequest request =
					HttpRequest.newBuilder(URI.create("http://" + address + "/")).timeout(Duration.ofSeconds(5)).build();
			return client.send(request, HttpResponse.BodyHandlers.ofString()).body().equals("hello\n");
		} catch (IOException notYet) {
			return false;
		}
	}

	private static String health(String container) {
		return engine.docker("inspect", "-f", "{{.State.Health.Status}}", container).strip();
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}
}
