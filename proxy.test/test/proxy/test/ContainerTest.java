package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxy.fixtures.Await;
import proxy.fixtures.DockerEngine;
import proxy.fixtures.Http1Client;
import proxy.fixtures.Pebble;
import proxy.fixtures.Pingoo;
import proxy.fixtures.Ports;
import proxy.fixtures.Programs;
import proxy.fixtures.Request;
import proxy.fixtures.Tls;

/** The container image, built and run by a real engine. */
class ContainerTest {

	private static final String HOST = "api.torrust-tracker.com";
	private static final String USER = "10001";
	private static final Duration START = Duration.ofMinutes(2);
	private static final long LIMIT = 120_000_000;

	@TempDir
	static Path folder;

	private static DockerEngine engine;

	@BeforeAll
	static void build() throws IOException {
		Programs.require("docker-compose", "dpkg");
		engine = DockerEngine.start(folder);
		ProductImage.build(engine, folder);
		engine.docker("network", "create", "outside");
	}

	@AfterAll
	static void stop() {
		if (engine != null) {
			engine.close();
		}
	}

	@AfterEach
	void removeContainers() {
		engine.docker("ps", "-aq").lines().forEach(id -> engine.docker("rm", "-f", "-v", id));
	}

	@Pingoo("image.base")
	@Test
	void isSmall() {
		long size = ProductImage.size(engine);
		System.out.println("the image is " + size / 1_000_000 + " MB larger than what it stands on");
		assertTrue(size < LIMIT, () -> size + " octets");
	}

	/** A file for Docker Compose that was made for Pingoo; only the name of the image has been changed in it. */
	@Pingoo({"image.paths", "image.user", "image.health"})
	@Test
	void takesPingoosPlaceInADeploymentOfATracker() throws Exception {
		if (Ports.isOpen(443)) {
			Programs.skip("port 443 of this machine is in use");
		}
		Path project = Files.createDirectories(folder.resolve("deployment"));
		try (InputStream file = ContainerTest.class.getResourceAsStream("deployment/docker-compose.yml")) {
			Files.copy(file, project.resolve("docker-compose.yml"));
		}
		Files.createDirectories(project.resolve("pingoo"));
		importTracker();
		engine.compose(project, "up", "--no-start");
		String gateway = engine.docker(
				"network", "inspect", "--format", "{{(index .IPAM.Config 0).Gateway}}", "deployment_tracker-network").strip();
		try (Pebble pebble = new Pebble(443, Ports.free()).at(gateway).start()) {
			Files.copy(pebble.caFile(), project.resolve("pingoo/ca.pem"));
			Files.writeString(project.resolve("pingoo/pingoo.yml"), """
					listeners:
					  https:
					    address: https://0.0.0.0:443

					tls:
					  acme:
					    domains: ["%s"]
					    directory_url: %s
					    ca_file: /etc/pingoo/ca.pem

					services:
					  tracker-api:
					    http_proxy: ["http://tracker:1212"]
					""".formatted(HOST, pebble.directory()));
			engine.compose(project, "up", "-d");
			Tls tls = Tls.trusting(pebble.root());
			X509Certificate first = awaitVerified(tls, "pingoo");
			assertEquals("{\"status\":\"Ok\"}", health(tls));
			awaitHealthy("pingoo");
			assertTrue(status("pingoo").contains("Uid:\t" + USER + "\t" + USER), () -> status("pingoo"));
			Path kept = project.resolve("pingoo/tls");
			for (String name : List.of("acme.json", "default.pem", "default.key", HOST + ".pem", HOST + ".key")) {
				assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(kept.resolve(name))), name);
			}
			engine.compose(project, "up", "-d", "--force-recreate");
			assertEquals(first.getSerialNumber(), awaitVerified(tls, "pingoo").getSerialNumber());
			assertEquals("{\"status\":\"Ok\"}", health(tls));
		} finally {
			engine.compose(project, "down");
		}
	}

	/** What of a tracker's API says that it is well. */
	private static void importTracker() throws IOException {
		Path api = Files.createDirectories(folder.resolve("root/www/api"));
		Files.writeString(api.resolve("health_check"), "{\"status\":\"Ok\"}");
		engine.importImage("torrust/tracker:develop", folder.resolve("root"),
				"CMD [\"/bin/busybox\",\"httpd\",\"-f\",\"-p\",\"1212\",\"-h\",\"/www\"]");
	}

	@Pingoo({"image.user", "image.health"})
	@Test
	void runsWithoutAnyRightAndWithoutAFileOfItsOwnToWrite() throws Exception {
		int port = Ports.free();
		engine.docker("run", "-d", "--name", "bare", "--health-interval", "1s", "--network", "outside", "-p", port + ":8080", "--user", USER + ":" + USER,
				"--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--read-only", "--tmpfs", "/tmp", ProductImage.NAME);
		awaitHealthy("bare");
		try (Http1Client client = Http1Client.plain(port)) {
			assertEquals(200, client.send(Request.get("/")).status());
		}
		assertTrue(status("bare").contains("CapEff:\t0000000000000000"), () -> status("bare"));
		assertTrue(engine.docker("logs", "bare").contains("TLS: Conscrypt"), () -> engine.docker("logs", "bare"));
		assertEquals("", engine.docker("diff", "bare"));
	}

	/** By way of Pingoo's program, and where ports below 1024 are not everybody's. */
	@Pingoo({"image.paths", "image.user"})
	@Test
	void servesPort443AsAUserThatIsNotRoot() throws Exception {
		Path config = Files.createDirectories(folder.resolve("config"));
		Files.writeString(config.resolve("gatehouse.yml"), """
				listeners:
				  https: {address: "https://[::]:443"}
				services:
				  nobody: {http_proxy: []}
				""");
		int port = Ports.free();
		engine.docker("run", "-d", "--name", "low", "--health-interval", "1s", "--network", "outside", "-p", port + ":443",
				"--sysctl", "net.ipv4.ip_unprivileged_port_start=1024", "-v", config + ":/etc/gatehouse:ro",
				"--entrypoint", "/bin/pingoo", ProductImage.NAME);
		awaitHealthy("low");
		assertTrue(status("low").contains("Uid:\t" + USER), () -> status("low"));
		try (Http1Client client = Http1Client.tls(port, Tls.trustingAll(), "localhost")) {
			assertEquals(503, client.send(Request.get("/")).status());
		}
	}

	@Test
	void stopsWhenItIsToldTo() {
		engine.docker("run", "-d", "--name", "ending", "--health-interval", "1s", "--network", "outside", ProductImage.NAME);
		awaitHealthy("ending");
		engine.docker("stop", "-t", "60", "ending");
		assertEquals("0", engine.docker("inspect", "--format", "{{.State.ExitCode}}", "ending").strip());
	}

	@Test
	void checksAConfigurationAndRunsOtherPrograms() throws IOException {
		Path config = Files.createDirectories(folder.resolve("checked"));
		Files.writeString(config.resolve("pingoo.yml"), "listeners: {http: {address: http://0.0.0.0}}\nservices: {}\n");
		String said = engine.docker("run", "--rm", "--network", "none", "-v", config + ":/etc/pingoo:ro", ProductImage.NAME, "check");
		assertTrue(said.contains("/etc/pingoo/pingoo.yml: ok (1 listener, 0 services, 0 rules)"), said);
		assertEquals("here\n", engine.docker("run", "--rm", "--network", "none", ProductImage.NAME, "bash", "-c", "echo here"));
		// fails where Java's own archive of classes does not fit
		String java = engine.docker("run", "--rm", "--network", "none", ProductImage.NAME, "runtime/bin/java", "-Xshare:on", "-version");
		assertTrue(java.contains("sharing"), java);
	}

	private static void awaitHealthy(String container) {
		Await.until(container + " is healthy", START, () -> {
			String state = engine.docker("inspect", "--format", "{{.State.Status}} {{.State.Health.Status}}", container).strip();
			if (state.startsWith("exited")) {
				throw new AssertionError(engine.docker("logs", container));
			}
			return state.equals("running healthy");
		});
	}

	private static String status(String container) {
		return engine.docker("exec", container, "cat", "/proc/1/status");
	}

	private static X509Certificate awaitVerified(Tls tls, String container) {
		X509Certificate[] verified = new X509Certificate[1];
		try {
			Await.until("a certificate for " + HOST, START, () -> {
				try (SSLSocket socket = tls.connect(443, HOST)) {
					verified[0] = (X509Certificate) socket.getSession().getPeerCertificates()[0];
					return true;
				} catch (IOException notYet) {
					return false;
				}
			});
		} catch (AssertionError e) {
			throw new AssertionError(e.getMessage() + "\n" + engine.docker("logs", container), e);
		}
		return verified[0];
	}

	private static String health(Tls tls) throws IOException {
		try (Http1Client client = Http1Client.tls(443, tls, HOST)) {
			return new String(client.send(Request.get("/api/health_check").to(HOST).with("User-Agent", "curl/7.88.1")).content(), StandardCharsets.UTF_8);
		}
	}
}
