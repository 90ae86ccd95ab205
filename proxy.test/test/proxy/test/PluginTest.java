package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxy.fixtures.Answer;
import proxy.fixtures.Await;
import proxy.fixtures.Client;
import proxy.fixtures.Load;
import proxy.fixtures.Origin;
import proxy.fixtures.Programs;
import proxy.fixtures.Request;
import proxy.fixtures.Response;
import proxy.fixtures.TestGatehouse;

/** The example plugin, built as its README says, comes and goes while the gateway runs. */
class PluginTest {

	private static final Duration PROMISED = Duration.ofSeconds(3);

	@TempDir
	private static Path folder;

	private static Path bundle;
	private static Origin origin;
	private static TestGatehouse gatehouse;

	@BeforeAll
	static void start() throws Exception {
		bundle = build();
		origin = Origin.plain(Answer.text("one"));
		gatehouse = TestGatehouse.configured("""
				listeners:
				  http: {address: "http://127.0.0.1:<http>"}
				  https: {address: "https://127.0.0.1:<https>"}
				services:
				  greeter:
				    route: http_request.path == "/hello"
				    hello: {greeting: Good morning}
				  origin:
				    http_proxy: ["<origin>"]
				""").with("origin", origin.url()).start();
	}

	@AfterAll
	static void stop() {
		if (gatehouse != null) {
			gatehouse.close();
			origin.close();
		}
	}

	@Test
	void servesWithoutAPluginThatIsConfiguredButNotThere() throws IOException {
		assertEquals("one", answer("/hello").text());
		assertTrue(gatehouse.log().any("services.greeter"), () -> "not a word about it in\n" + gatehouse.log());
	}

	@Test
	void aPluginAnswersSoonAfterItIsDroppedInAndIsGoneAfterItIsTakenAway() throws IOException {
		Load load = new Load(Duration.ofMillis(5), 10);
		try (load) {
			for (Protocol protocol : Protocol.values()) {
				load.users(1, protocol.name(), protocol.connector(gatehouse), Request.get("/"), response ->
						response.status() == 200 && response.text().equals("one"));
			}
			for (int i = 0; i < 2; i++) {
				drop();
				Await.until("the plugin answers", PROMISED, () -> answer("/hello").text().equals("Good morning\n"));
				for (Protocol protocol : Protocol.values()) {
					try (Client client = protocol.connect(gatehouse)) {
						assertEquals("Good morning\n", client.send(Request.get("/hello")).text());
						assertEquals(0, client.send(Request.of("HEAD", "/hello")).content().length);
						assertEquals("Good morning\n", client.send(Request.post("/hello", new byte[100_000])).text());
					}
				}
				Files.delete(gatehouse.load().resolve("hello.jar"));
				Await.until("the plugin's route is gone", () -> answer("/hello").text().equals("one"));
			}
			load.endWithoutLoss();
		}
	}

	@Test
	void itsSettingsAreInTheConsoleLikeAllOthers() throws IOException {
		drop();
		Await.until("the plugin answers", () -> answer("/hello").text().equals("Good morning\n"));
		assertEquals(302, gatehouse.console().configure("proxy.service.hello~greeter", Map.of("greeting", "Good night")).statusCode());
		Await.until("it says something else", () -> answer("/hello").text().equals("Good night\n"));
		assertEquals(302, gatehouse.console().configure("proxy.service.hello~greeter", Map.of("greeting", "Good morning")).statusCode());
		Await.until("it says the same again", () -> answer("/hello").text().equals("Good morning\n"));
		Files.delete(gatehouse.load().resolve("hello.jar"));
		Await.until("the plugin's route is gone", () -> answer("/hello").text().equals("one"));
	}

	private static void drop() throws IOException {
		Path partial = gatehouse.load().resolve("hello.jar.part");
		Files.copy(bundle, partial, StandardCopyOption.REPLACE_EXISTING);
		Files.move(partial, gatehouse.load().resolve("hello.jar"), StandardCopyOption.ATOMIC_MOVE);
	}

	private static Response answer(String target) throws IOException {
		try (Client client = Protocol.HTTP_1.connect(gatehouse)) {
			return client.send(Request.get(target));
		}
	}

	/** By the example's own build, in a copy. */
	private static Path build() throws IOException, InterruptedException {
		String maven = System.getenv().getOrDefault("MAVEN", "mvn");
		Programs.require(maven);
		Path source = Path.of(System.getProperty("gatehouse.root", ".")).resolve("examples/hello");
		try (Stream<Path> files = Files.walk(source)) {
			for (Path file : files.filter(file -> Files.isRegularFile(file) && !file.startsWith(source.resolve("target"))).toList()) {
				Path copy = folder.resolve(source.relativize(file));
				Files.createDirectories(copy.getParent());
				Files.copy(file, copy);
			}
		}
		List<String> command = new ArrayList<>(List.of(maven, "-B", "-q", "package", "-Dgatehouse.home=" + System.getProperty("gatehouse.dist")));
		String repository = System.getenv("MAVEN_REPO");
		if (repository != null && !repository.isEmpty()) {
			command.add("-Dmaven.repo.local=" + repository);
		}
		String arguments = System.getenv("MAVEN_ARGS");
		if (arguments != null && !arguments.isBlank()) {
			command.addAll(List.of(arguments.strip().split("\\s+")));
		}
		Path output = folder.resolve("maven.log");
		Process process = new ProcessBuilder(command)
				.directory(folder.toFile())
				.redirectErrorStream(true)
				.redirectOutput(output.toFile())
				.start();
		boolean ended = process.waitFor(5, TimeUnit.MINUTES);
		if (!ended) {
			process.destroyForcibly();
		}
		assertTrue(ended && process.exitValue() == 0, () -> "the example does not build:\n" + text(output));
		return folder.resolve("target/hello-1.0.0.jar");
	}

	private static String text(Path file) {
		try {
			return Files.readString(file);
		} catch (IOException e) {
			return e.toString();
		}
	}
}
