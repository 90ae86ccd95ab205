package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import proxy.fixtures.Answer;
import proxy.fixtures.Client;
import proxy.fixtures.Json;
import proxy.fixtures.Origin;
import proxy.fixtures.Pingoo;
import proxy.fixtures.Request;
import proxy.fixtures.Response;
import proxy.fixtures.TestGatehouse;

/** The captcha as clients meet it; {@link CaptchaPageTest} has the page in a browser, {@link CaptchaChangeTest} what changes. */
class CaptchaTest {

	private static final String CURL = "curl/8.5.0";

	private static Origin origin;
	private static TestGatehouse gatehouse;

	@BeforeAll
	static void start() {
		origin = Origin.plain(Answer.text("let in"));
		gatehouse = TestGatehouse.configured("""
				listeners:
				  http: {address: "http://127.0.0.1:<http>"}
				  https: {address: "https://127.0.0.1:<https>", services: [app]}
				services:
				  app:
				    http_proxy: ["<origin>"]
				captcha: {difficulty: 2}
				rules:
				  never:
				    expression: http_request.path.starts_with("/__pingoo") || http_request.path == "/blocked"
				    actions: [{action: block}]
				  people:
				    expression: http_request.path.starts_with("/people")
				    actions: [{action: captcha}]
				  none:
				    expression: http_request.path == "/people/but-not-these"
				    actions: [{action: block}]
				""").with("origin", origin.url()).start();
	}

	@AfterAll
	static void stop() {
		gatehouse.close();
		origin.close();
	}

	@BeforeEach
	void forget() {
		origin.forget();
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo({"captcha.page", "answer.captcha"})
	void aRuleShowsThePageInPlaceOfWhatWasAskedFor(Protocol protocol) throws IOException {
		int before = origin.served();
		try (Client client = protocol.connect(gatehouse)) {
			Response page = new Visitor(client, CURL).get("/people?a=b");
			assertEquals(403, page.status());
			assertEquals("text/html; charset=utf-8", page.fields().get("content-type"));
			assertEquals("no-store", page.fields().get("cache-control"));
			assertTrue(page.text().contains("<!doctype html>"), page::text);
			assertFalse(page.text().matches("(?s).*(src|href)=\"(?!data:).*"), "the page fetches something");
			String policy = page.fields().get("content-security-policy");
			assertTrue(policy.startsWith("default-src 'none'; style-src 'sha256-"), policy);
			assertFalse(policy.contains("unsafe"), policy);
			assertNull(page.fields().get("set-cookie"));
			Response head = new Visitor(client, CURL).send(Request.of("HEAD", "/people"));
			assertEquals(403, head.status());
			assertEquals("let in", new Visitor(client, CURL).get("/").text());
			assertEquals(403, new Visitor(client, CURL).send(Request.post("/people", "some content".getBytes())).status());
		}
		assertEquals(before + 1, origin.served());
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo({"captcha.init", "captcha.cookies", "captcha.verify", "captcha.plain-http"})
	void whoSolvesTheChallengeIsLetInAndStaysSo(Protocol protocol) throws IOException {
		try (Client client = protocol.connect(gatehouse)) {
			Visitor visitor = new Visitor(client, CURL);
			Response init = visitor.get(Visitor.INIT);
			assertEquals(200, init.status());
			assertEquals("application/json", init.fields().get("content-type"));
			assertEquals("no-store", init.fields().get("cache-control"));
			assertEquals(Set.of("challenge", "difficulty"), Json.object(init.text()).keySet());
			assertEquals(43, ((String) Json.object(init.text()).get("challenge")).length());
			assertEquals(2L, Json.object(init.text()).get("difficulty"));
			assertCookie(protocol, init.fields().get("set-cookie"), Visitor.CHALLENGE + "=ey");

			Response verified = visitor.verify(visitor.solution());
			assertEquals(200, verified.status());
			assertEquals("{}", verified.text());
			List<String> set = verified.fields().all("set-cookie");
			assertCookie(protocol, set.get(0), Visitor.VERIFIED + "=ey");
			assertCookie(protocol, set.get(1), Visitor.CHALLENGE + "=;");
			assertTrue(set.get(1).endsWith("Expires=Thu, 01 Jan 1970 00:00:00 GMT"), set::toString);
			assertEquals(Set.of(Visitor.VERIFIED), visitor.cookies().keySet());

			assertEquals("let in", visitor.get("/people").text());
			assertEquals("let in", visitor.get("/people/again").text());
		}
	}

	private static void assertCookie(Protocol protocol, String line, String start) {
		assertTrue(line.startsWith(start), line);
		List<String> attributes = List.of(line.split("; ?"));
		assertTrue(attributes.containsAll(List.of("HttpOnly", "SameSite=Lax", "Path=/")), line);
		assertEquals(protocol.isTls(), attributes.contains("Secure"), line);
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo("captcha.replay")
	void aChallengeIsSolvedOnce(Protocol protocol) throws IOException {
		try (Client client = protocol.connect(gatehouse)) {
			Visitor visitor = new Visitor(client, CURL);
			String solution = visitor.solution();
			Map<String, String> challenge = visitor.cookies();
			assertEquals(200, visitor.verify(solution).status());
			assertRefused(403, "the challenge has been solved already", visitor.with(challenge).verify(solution));
			String another = Visitor.solve(claim(challenge.get(Visitor.CHALLENGE), "challenge") + "", 2);
			assertRefused(403, "the challenge has been solved already", visitor.with(challenge).verify(another));
		}
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo({"captcha.client", "captcha.cookie-lines"})
	void whatOneClientShowedIsWorthNothingForAnother(Protocol protocol) throws IOException {
		try (Client client = protocol.connect(gatehouse)) {
			Visitor one = new Visitor(client, CURL).pass();
			Visitor other = new Visitor(client, "Mozilla/5.0").with(one.cookies());
			assertEquals(403, other.get("/people").status());
			assertEquals(403, one.send(Request.get("/people").to("another.site")).status());
			assertEquals(200, one.send(Request.get("/people").to("localhost:8443")).status(), "the port is no part of the host");
			assertEquals(200, one.send(Request.get("/people").to("LOCALHOST")).status());
			String solution = one.solution();
			assertRefused(403, "no challenge in force for this client: it is missing, too old or somebody else's",
					other.with(one.cookies()).verify(solution));
			Request twoLines = Request.get("/people").with("Cookie", "first=1").with("User-Agent", CURL)
					.with("Cookie", Visitor.VERIFIED + "=" + one.cookies().get(Visitor.VERIFIED));
			assertEquals(200, client.send(twoLines).status());
		}
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo({"captcha.verify-failures", "captcha.verify-method", "captcha.verify-size"})
	void whatIsWrongWithASolutionIsSaid(Protocol protocol) throws IOException {
		try (Client client = protocol.connect(gatehouse)) {
			Visitor visitor = new Visitor(client, CURL);
			assertRefused(403, "no challenge in force for this client: it is missing, too old or somebody else's",
					visitor.verify(Visitor.content("0".repeat(64), "1")));
			visitor.solution();
			assertRefused(400, "the content is not a JSON object", visitor.verify(""));
			assertRefused(400, "the content is not a JSON object", visitor.verify("[1"));
			assertRefused(400, "'hash' is not 64 hexadecimal digits", visitor.verify("{}"));
			assertRefused(400, "'nonce' is not a text", visitor.verify("{\"hash\":\"" + "0".repeat(64) + "\"}"));
			assertRefused(403, "the hash is not that of the challenge and the nonce", visitor.verify(Visitor.content("0".repeat(64), "1")));
			String challenge = (String) claim(visitor.cookies().get(Visitor.CHALLENGE), "challenge");
			int nonce = 0;
			while (Visitor.sha256(challenge + nonce).startsWith("00")) {
				nonce++;
			}
			Response tooEasy = visitor.verify(Visitor.content(Visitor.sha256(challenge + nonce), "" + nonce));
			assertTrue(tooEasy.text().contains("zeros instead of 2"), tooEasy::toString);
			assertEquals(403, tooEasy.status());
			Response get = visitor.get(Visitor.VERIFY);
			assertEquals("POST", get.fields().get("allow"));
			assertRefused(405, "a solution is sent by POST", get);
			assertEquals(200, visitor.verify(Visitor.solve(challenge, 2)).status(), "it is still good");
		}
		for (boolean chunked : new boolean[] {false, true}) {
			try (Client client = protocol.connect(gatehouse)) {
				Request large = Request.post(Visitor.VERIFY, new byte[5000]).with("User-Agent", CURL);
				assertEquals(413, client.send(chunked ? large.inChunks() : large).status());
			}
		}
	}

	private static void assertRefused(int status, String reason, Response response) {
		assertEquals(reason, Json.object(response.text()).get("error"));
		assertEquals(status, response.status());
		assertNull(response.fields().get("set-cookie"));
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo("captcha.stale-cookie")
	void aCookieThatIsWorthNothingIsAsGoodAsNone(Protocol protocol) throws IOException {
		try (Client client = protocol.connect(gatehouse)) {
			Visitor visitor = new Visitor(client, CURL).pass();
			String good = visitor.cookies().get(Visitor.VERIFIED);
			String challenge = visitor.with(Map.of()).get(Visitor.INIT).fields().get("set-cookie").split("[=;]")[1];
			char last = good.charAt(good.length() - 5);
			String forged = good.substring(0, good.length() - 5) + (last == 'A' ? 'B' : 'A') + good.substring(good.length() - 4);
			for (String worthless : List.of("", "x", "a.b.c", forged, challenge, good.substring(0, good.lastIndexOf('.') + 1))) {
				visitor.with(Map.of(Visitor.VERIFIED, worthless));
				assertEquals(403, visitor.get("/people").status(), worthless);
				assertEquals("let in", visitor.get("/").text(), "no rule asks for a captcha here");
			}
			assertEquals("let in", visitor.with(Map.of(Visitor.VERIFIED, good)).get("/people").text());
		}
	}

	@ParameterizedTest
	@EnumSource
	@Pingoo({"requests.order", "requests.actions", "answer.unknown-captcha", "captcha.assets"})
	void theEndpointsComeBeforeRulesAndActionsInOrder(Protocol protocol) throws IOException {
		try (Client client = protocol.connect(gatehouse)) {
			Visitor visitor = new Visitor(client, CURL);
			assertEquals("Permission Denied", visitor.get("/blocked").text());
			assertEquals("Permission Denied", visitor.get("/__pingoo").text());
			assertEquals(200, visitor.get(Visitor.INIT + "/?x").status());
			Response asset = visitor.get("/__pingoo/captcha/assets/work.js");
			assertEquals(200, asset.status());
			assertEquals("text/javascript; charset=utf-8", asset.fields().get("content-type"));
			assertEquals("public, no-cache, must-revalidate", asset.fields().get("cache-control"));
			for (String unknown : List.of("", "/", "/api", "/assets/x.js", "/assets/../page.html", "XYZ")) {
				Response response = visitor.get("/__pingoo/captcha" + unknown);
				assertEquals(404, response.status(), unknown);
				assertEquals("404 Not Found.", response.text());
				assertEquals("private, no-cache, no-store, must-revalidate", response.fields().get("cache-control"));
			}
			assertTrue(visitor.get("/people/but-not-these").text().contains("<!doctype html>"));
			visitor.pass();
			assertEquals("Permission Denied", visitor.get("/people/but-not-these").text());
		}
	}

	@ParameterizedTest
	@EnumSource
	void whileAnAddressSendsForgedCookiesItsVisitorsArePassedAllTheSame(Protocol protocol) throws IOException {
		try (Client client = protocol.connect(gatehouse)) {
			Visitor visitor = new Visitor(client, CURL).pass();
			Map<String, String> good = visitor.cookies();
			String forged = good.get(Visitor.VERIFIED).replaceFirst("\\.[^.]*$", "." + "A".repeat(86));
			for (int i = 0; i < 40; i++) {
				assertEquals(403, visitor.with(Map.of(Visitor.VERIFIED, forged)).get("/people").status());
			}
			assertEquals("let in", visitor.with(good).get("/people").text());
			assertEquals("let in", new Visitor(client, CURL).pass().get("/people").text());
		}
	}

	@Test
	@Pingoo("captcha.tokens")
	void theCookiesLifeIsPingoos() throws IOException {
		try (Client client = Protocol.HTTP_1.connect(gatehouse)) {
			Visitor visitor = new Visitor(client, CURL);
			visitor.solution();
			assertLife(600, visitor.cookies().get(Visitor.CHALLENGE));
			visitor.pass();
			assertLife(86400, visitor.cookies().get(Visitor.VERIFIED));
		}
	}

	private static void assertLife(long seconds, String token) {
		assertEquals(seconds, (Long) claim(token, "exp") - (Long) claim(token, "iat"));
		assertNotNull(claim(token, "jti"));
	}

	private static Object claim(String token, String name) {
		String claims = new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
		return Json.object(claims).get(name);
	}

	@Test
	@Pingoo({"captcha.tokens", "captcha.keys", "captcha.difficulty", "requests.rules"})
	void cookiesGoOverFromPingooAndBack() throws IOException, GeneralSecurityException {
		TestGatehouse.Setup setup = TestGatehouse.configured("""
				listeners:
				  http: {address: "http://127.0.0.1:<http>"}
				services:
				  app:
				    http_proxy: ["<origin>"]
				rules:
				  people: {actions: [{action: captcha}]}
				""").file("pingoo.yml").with("origin", origin.url());
		Files.writeString(setup.folder().resolve("data/captcha_jwks.json"), PingooToken.KEYS);
		try (TestGatehouse unchanged = setup.start(); Client client = Protocol.HTTP_1.connect(unchanged)) {
			String id = PingooToken.client(CURL, "localhost");
			long now = System.currentTimeMillis() / 1000;
			Visitor visitor = new Visitor(client, CURL);
			assertEquals(403, visitor.get("/").status());
			assertEquals("let in", visitor.with(Map.of(Visitor.VERIFIED, PingooToken.verified(id, now))).get("/").text());
			assertEquals(403, visitor.with(Map.of(Visitor.VERIFIED, PingooToken.verified(id, now - 90_000))).get("/").status());
			assertEquals(403, visitor.with(Map.of(Visitor.VERIFIED, PingooToken.verified("x" + id, now))).get("/").status());

			String challenge = "c".repeat(43);
			visitor.with(Map.of(Visitor.CHALLENGE, PingooToken.challenge(id, challenge + "\\u0000", now)));
			assertEquals(200, visitor.verify(Visitor.solve(challenge + "\0", 1)).status());
			Map<String, Object> claims = PingooToken.claims(visitor.cookies().get(Visitor.VERIFIED));
			assertEquals(id.replace("\\u0000", "\0"), claims.get("sub"));
			assertEquals(true, claims.get("challenge_passed"));
			assertEquals(List.of("pingoo", "pingoo"), List.of(claims.get("iss"), claims.get("aud")));
			visitor.get(Visitor.INIT);
			Map<String, Object> ours = PingooToken.claims(visitor.cookies().get(Visitor.CHALLENGE));
			assertEquals(5L, ours.get("difficulty"));
			assertEquals(Set.of("challenge", "difficulty", "iss", "sub", "aud", "exp", "nbf", "iat", "jti"), ours.keySet());
		}
	}
}
