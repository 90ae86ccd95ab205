package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import proxy.fixtures.Answer;
import proxy.fixtures.Await;
import proxy.fixtures.Client;
import proxy.fixtures.Json;
import proxy.fixtures.Origin;
import proxy.fixtures.Pingoo;
import proxy.fixtures.TestGatehouse;

/** The captcha while settings, keys and bundles are changed. */
class CaptchaChangeTest {

	private static final String BASE = """
			listeners:
			  http: {address: "http://127.0.0.1:<http>"}
			services:
			  app:
			    http_proxy: ["<origin>"]
			""";
	private static final String RULE = """
			rules:
			  people: {actions: [captcha]}
			""";
	private static Origin origin;

	@BeforeAll
	static void start() {
		origin = Origin.plain(Answer.text("let in"));
	}

	@AfterAll
	static void stop() {
		origin.close();
	}

	private static TestGatehouse gateway(String yaml) {
		return TestGatehouse.configured(yaml).with("origin", origin.url()).start();
	}

	@Test
	@Pingoo("captcha.endpoints")
	void withoutARuleNothingIsTakenFromTheServices() throws IOException {
		try (TestGatehouse gatehouse = gateway(BASE); Client client = Protocol.HTTP_1.connect(gatehouse)) {
			Visitor visitor = new Visitor(client, "curl/8");
			assertEquals("let in", visitor.get(Visitor.INIT).text());
			gatehouse.configure(BASE + RULE);
			Await.until("the rule is in force", () -> visitor.get("/").status() == 403);
			Await.until("the endpoints too", () -> visitor.get(Visitor.INIT).text().contains("challenge"));
			gatehouse.configure(BASE);
			Await.until("it is gone", () -> visitor.get("/").text().equals("let in"));
			Await.until("they are gone", () -> visitor.get(Visitor.INIT).text().equals("let in"));
		}
	}

	@Test
	@Pingoo("captcha.difficulty")
	void settingsAreHotAndWrongOnesChangeNothing() throws IOException {
		try (TestGatehouse gatehouse = gateway(BASE + RULE + "captcha: {difficulty: 1}\n"); Client client = Protocol.HTTP_1.connect(gatehouse)) {
			Visitor visitor = new Visitor(client, "curl/8").pass();
			assertEquals(1L, difficulty(visitor));
			gatehouse.configure(BASE + RULE + "captcha: {difficulty: 9}\n");
			gatehouse.log().await("captcha.difficulty");
			assertEquals(1L, difficulty(visitor));
			gatehouse.configure(BASE + RULE + "captcha: {difficulty: 3, verified_hours: 1}\n");
			Await.until("the new difficulty", () -> difficulty(visitor) == 3);
			assertEquals("let in", visitor.get("/").text());
			assertEquals(302, gatehouse.console().configure("proxy.captcha", Map.of("difficulty", "2")).statusCode());
			Await.until("the console's difficulty", () -> difficulty(visitor) == 2);
		}
	}

	private static long difficulty(Visitor visitor) throws IOException {
		return (Long) Json.object(visitor.get(Visitor.INIT).text()).get("difficulty");
	}

	@Test
	@Pingoo({"captcha.keys", "captcha.keys-reload"})
	void keysAreMadeKeptReplacedAndRevoked() throws IOException {
		TestGatehouse.Setup setup = TestGatehouse.configured(BASE + RULE + "captcha: {difficulty: 1}\n").with("origin", origin.url());
		Map<String, String> cookies;
		Path folder;
		try (TestGatehouse first = setup.start(); Client client = Protocol.HTTP_1.connect(first)) {
			Path file = first.data().resolve("captcha_jwks.json");
			assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
			Visitor visitor = new Visitor(client, "curl/8").pass();
			cookies = visitor.cookies();
			folder = first.data().getParent();
			assertFalse(first.log().any("\"d\":"), "a key in the log");
			first.terminate().awaitEnd();
			try (TestGatehouse second = setup.folder(folder).start(); Client again = Protocol.HTTP_1.connect(second)) {
				Visitor known = new Visitor(again, "curl/8").with(cookies);
				assertEquals("let in", known.get("/").text());
				String own = Files.readString(file).strip();
				String pingoos = PingooToken.KEYS.strip();
				Files.writeString(file, pingoos.replaceFirst("]\\s*}$", ",") + own.replaceFirst("^\\{\"keys\":\\[", ""));
				second.log().await("captcha: keys loaded", "\"keys\":2");
				assertEquals("let in", known.get("/").text());
				Files.writeString(file, "{");
				second.log().await("captcha: key file cannot be used", "captcha.key_file");
				assertEquals("let in", known.get("/").text());
				Files.writeString(file, pingoos);
				Await.until("the cookie is revoked", () -> known.get("/").status() == 403);
				known.pass();
				assertEquals("let in", known.get("/").text());
			}
		}
	}

	@Test
	void whileTheBundleIsReplacedNobodySlipsThrough() throws Exception {
		try (TestGatehouse gatehouse = gateway(BASE + RULE + "captcha: {difficulty: 1}\n"); Client client = Protocol.HTTP_1.connect(gatehouse)) {
			Visitor visitor = new Visitor(client, "curl/8").pass();
			assertEquals("let in", visitor.get("/").text());
			AtomicBoolean over = new AtomicBoolean();
			AtomicInteger asked = new AtomicInteger();
			AtomicInteger slipped = new AtomicInteger();
			Thread stranger = new Thread(() -> {
				try (Client other = Protocol.HTTP_1.connect(gatehouse)) {
					while (!over.get()) {
						slipped.addAndGet(new Visitor(other, "curl/8").get("/").status() == 403 ? 0 : 1);
						asked.incrementAndGet();
					}
				} catch (IOException e) {
					slipped.addAndGet(1_000_000);
				}
			});
			stranger.start();
			Await.until("the stranger asks", () -> asked.get() > 0);
			gatehouse.console().update("proxy.captcha");
			int before = asked.get();
			Await.until("the stranger goes on", () -> asked.get() > before + 10);
			over.set(true);
			stranger.join();
			assertEquals(0, slipped.get(), () -> "of " + asked.get() + " requests");
			assertEquals("let in", visitor.get("/").text());
			assertEquals(1, difficulty(visitor));
		}
	}
}
