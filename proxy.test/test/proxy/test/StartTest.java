package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxy.fixtures.Answer;
import proxy.fixtures.Await;
import proxy.fixtures.Client;
import proxy.fixtures.Http1Client;
import proxy.fixtures.Origin;
import proxy.fixtures.Pingoo;
import proxy.fixtures.Ports;
import proxy.fixtures.Programs;
import proxy.fixtures.Request;
import proxy.fixtures.TestGatehouse;

/** How the process starts: what it is told, what may be wrong, what it says. */
class StartTest {

	private static final String YAML = """
			listeners:
			  http: {address: "http://127.0.0.1:<http>"}
			  https: {address: "https://127.0.0.1:<https>"}
			services:
			  origin:
			    http_proxy: ["<origin>"]
			""";

	private final Origin origin = Origin.plain(Answer.text("one"));
	private TestGatehouse gatehouse;

	@AfterEach
	void close() {
		if (gatehouse != null) {
			gatehouse.close();
		}
		origin.close();
	}

	private TestGatehouse.Setup setup(String yaml) {
		return TestGatehouse.configured(yaml).with("origin", origin.url());
	}

	private record End(int code, String output) {}

	private static End run(ProcessBuilder builder, String... arguments) throws Exception {
		builder.command().add(TestGatehouse.script().toString());
		builder.command().addAll(List.of(arguments));
		Process process = builder.redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes());
		return new End(process.waitFor(), output);
	}

	private static End run(String... arguments) throws Exception {
		return run(new ProcessBuilder(), arguments);
	}

	@Test
	@Pingoo("start.arguments")
	void understandsItsCommandLine(@TempDir Path folder) throws Exception {
		End version = run("--version");
		assertEquals(0, version.code());
		assertTrue(version.output().matches("Gatehouse [0-9.]+\\S*\n"), version.output());
		assertEquals(0, run("--help").code());
		assertEquals(1, run("--what").code());
		Path wrong = Files.writeString(folder.resolve("gatehouse.yml"), "listener: {}\n");
		assertEquals(1, run("check", "--config", wrong.toString()).code());
	}

	@Test
	@Pingoo("start.no-configuration")
	void saysThatTheConfigurationIsNotThere(@TempDir Path folder) throws Exception {
		String missing = folder.resolve("missing.yml").toString();
		assertEquals(
				new End(1, "gatehouse: cannot read the configuration " + missing + "\n"),
				run("--config", missing, "--data", folder.toString()));
	}

	@Test
	void saysThatTheDataDirectoryCannotBeWritten(@TempDir Path folder) throws Exception {
		Path config = Files.writeString(folder.resolve("gatehouse.yml"), "listeners: {}\nservices: {}\n");
		End end = run("--config", config.toString(), "--data", config.resolve("data").toString());
		assertEquals(1, end.code());
		assertTrue(end.output().endsWith("gatehouse: cannot write to the data directory " + config.resolve("data") + "\n"), end.output());
	}

	@Test
	void theFirstTableHasAllServicesThatWereThereBefore() {
		StringBuilder many = new StringBuilder("services:\n");
		for (int i = 0; i < 300; i++) {
			many.append("  s").append(i).append(": {route: 'http_request.host == \"s").append(i).append(".test\"', http_proxy: [\"<origin>\"]}\n");
		}
		String yaml = YAML.replace("services:\n", many);
		gatehouse = setup(yaml).start();
		gatehouse.terminate().awaitEnd();
		gatehouse = setup(yaml).folder(gatehouse.folder()).start();
		String first = gatehouse.log().await("routing table 1 in force");
		assertTrue(first.contains("\"services\":301"), first);
	}

	@Test
	void doesNotKeepTheCacheOfTheProcessBefore() throws Exception {
		gatehouse = setup(YAML).start();
		Path folder = gatehouse.folder();
		gatehouse.kill();
		gatehouse = setup(YAML).folder(folder).start();
		assertEquals(1, Files.list(folder.resolve("data/felix-cache")).count());
	}

	@Test
	void saysThatTheDiskIsFull(@TempDir Path folder) throws Exception {
		Path config = Files.writeString(folder.resolve("gatehouse.yml"), "listeners: {}\nservices: {}\n");
		Path df = Files.createDirectory(folder.resolve("full")).resolve("df");
		Files.writeString(df, """
				#!/bin/sh
				echo 'Filesystem     1024-blocks     Used Available Capacity Mounted on'
				echo 'tmpfs                49152    42008      7144      86% /var/lib/gatehouse'
				""");
		Files.setPosixFilePermissions(df, PosixFilePermissions.fromString("rwx------"));
		ProcessBuilder builder = new ProcessBuilder();
		builder.environment().merge("PATH", df.getParent().toString(), (path, full) -> full + ":" + path);
		End end = run(builder, "--config", config.toString(), "--data", folder.resolve("data").toString());
		assertEquals(1, end.code());
		assertTrue(end.output().startsWith("gatehouse: the disk is full: 6 MB are free in " + folder.resolve("data/felix-cache")), end.output());
	}

	@Test
	void appliesWhatCannotBeKeptAsSoonAsItCan() throws Exception {
		TestGatehouse.Setup setup = setup(YAML);
		Path obstacle = Files.createFile(Files.createDirectories(setup.folder().resolve("data/config")).resolve("proxy"));
		Files.createDirectory(obstacle.resolveSibling("../gatehouse.pid.lock"));
		gatehouse = setup.start();
		gatehouse.log().await("cannot apply", "gatehouse.yml, because what it says cannot be kept in the data directory "
				+ gatehouse.data().toRealPath() + ": ");
		gatehouse.log().await("cannot write " + gatehouse.data().toRealPath().resolve("gatehouse.pid") + ": ", "would not find this one");
		Files.delete(obstacle);
		Await.until("it listens", () -> Ports.isOpen(gatehouse.port("http")));
	}

	@Test
	void saysWhichFileItMayNotRead() throws Exception {
		// not even root may read it
		Path closed = Path.of("/proc/sys/vm/compact_memory");
		assumeTrue(Files.exists(closed));
		TestGatehouse.Setup setup = setup(YAML);
		Path rules = Files.createDirectory(setup.folder().resolve("rules")).resolve("a.yml");
		Files.createSymbolicLink(rules, closed);
		gatehouse = setup.start();
		gatehouse.log().await("cannot read ", "gatehouse.yml: " + rules + " may not be read or written by this user");
		End check = run("check", "--config", setup.folder().resolve("gatehouse.yml").toString());
		assertEquals(2, check.code());
		assertTrue(check.output().contains("gatehouse.yml: " + rules + " may not be read or written by this user"), check.output());
	}

	@Test
	void saysThatThereIsNoJava() throws Exception {
		ProcessBuilder builder = new ProcessBuilder();
		builder.environment().put("JAVA_HOME", "/nowhere");
		End end = run(builder);
		assertEquals(1, end.code());
		assertTrue(end.output().startsWith("gatehouse: there is no /nowhere/bin/java"), end.output());
	}

	@Test
	@Pingoo({"start.failure", "log.json"})
	void servesWhateverElseIsWrongAndSaysSoInJson() throws Exception {
		gatehouse = setup(YAML + """
				lists:
				  blocked: {type: Ip, file: /nowhere/blocked.csv}
				rules:
				  block:
				    expression: lists["blocked"].contains(client.ip)
				    actions: [{action: block}]
				tls:
				  acme: {domains: [example.com], directory_url: "https://127.0.0.1:1/directory"}
				service_discovery:
				  docker: {socket: /nowhere/docker.sock}
				""").start();
		gatehouse.log().await("not in force: lists.blocked");
		gatehouse.log().lines().forEach(line ->
				assertTrue(line.matches("\\{\"timestamp\":\"20[0-9TZ:.-]+\",\"level\":\"[a-z]+\",\"message\":.*}"), line));
		for (Protocol protocol : List.of(Protocol.HTTP_1, Protocol.HTTPS_1, Protocol.HTTPS_2)) {
			try (Client client = protocol.connect(gatehouse)) {
				client.send(Request.get("/"));
			}
		}
	}

	@Test
	@Pingoo("log.level")
	void logsWhatPingoosVariableSays() throws Exception {
		gatehouse = setup(YAML).environment("PINGOO_LOG", "warn").launch();
		Await.until("it listens", () -> Ports.isOpen(gatehouse.port("http")));
		gatehouse.terminate();
		assertEquals(0, gatehouse.awaitEnd());
		assertFalse(gatehouse.log().any("\"level\":\"info\""), gatehouse.log()::toString);
	}

	@Test
	@Pingoo("start.address-taken")
	void triesAgainUntilAnAddressIsFree() throws Exception {
		String other = YAML.replace("services:", "  other: {address: \"http://127.0.0.1:<other>\"}\nservices:");
		try (ServerSocketChannel taken = ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0))) {
			gatehouse = setup(other).with("other", ((InetSocketAddress) taken.getLocalAddress()).getPort()).start();
			gatehouse.log().await("not in force: listeners.other.address: ", "cannot be bound");
			assertEquals(200, status("http"));
		}
		gatehouse.log().await("Starting listener other");
		Await.until("it answers", () -> Ports.isOpen(gatehouse.port("other")) && status("other") == 200);
	}

	@Test
	@Pingoo({"sockets.reuse-port", "sockets.backlog"})
	void sharesItsAddressIfItMay() throws Exception {
		Programs.require("ss");
		gatehouse = setup(YAML.replace("<https>\"}", "<https>\", reuse_port: false, backlog: 123}")).start();
		bind("http");
		assertThrows(BindException.class, () -> bind("https"));
		assertEquals("4096", backlog("http"));
		assertEquals("123", backlog("https"));
	}

	private void bind(String listener) throws IOException {
		try (ServerSocketChannel second = ServerSocketChannel.open()) {
			second.setOption(StandardSocketOptions.SO_REUSEPORT, true);
			second.bind(new InetSocketAddress("127.0.0.1", gatehouse.port(listener)));
		}
	}

	/** The third column of what ss says of a listening socket. */
	private String backlog(String listener) throws IOException {
		Process process = new ProcessBuilder("ss", "-Hltn", "sport = :" + gatehouse.port(listener)).start();
		return new String(process.getInputStream().readAllBytes()).split("\\s+")[2];
	}

	private int status(String listener) throws IOException {
		try (Http1Client client = Http1Client.plain(gatehouse.port(listener))) {
			return client.send(Request.get("/")).status();
		}
	}
}
