package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxy.fixtures.Answer;
import proxy.fixtures.Await;
import proxy.fixtures.Browser;
import proxy.fixtures.Origin;
import proxy.fixtures.Pingoo;
import proxy.fixtures.TestGatehouse;

/** The captcha's page in a real browser. */
class CaptchaPageTest {

	private static final String TAB = "\uE004";
	private static final String ENTER = "\uE007";
	private static final String SECRET = "behind the gate";

	private static Origin origin;
	private static TestGatehouse gatehouse;

	@BeforeAll
	static void start() {
		origin = Origin.plain(Answer.raw("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: " + SECRET.length() + "\r\n\r\n" + SECRET));
		gatehouse = TestGatehouse.configured("""
				listeners:
				  http: {address: "http://0.0.0.0:<http>"}
				  https: {address: "https://0.0.0.0:<https>"}
				services:
				  app:
				    http_proxy: ["<origin>"]
				rules:
				  people: {actions: [captcha]}
				""").with("origin", origin.url()).start();
	}

	@AfterAll
	static void stop() {
		gatehouse.close();
		origin.close();
	}

	@ParameterizedTest
	@ValueSource(strings = {"http", "https"})
	@Pingoo({"captcha.page", "captcha.plain-http"})
	void aVisitorSolvesItOnceAndIsRemembered(String scheme) {
		String url = scheme + "://site.example:" + gatehouse.port(scheme) + "/some/page?with=query";
		try (Browser browser = Browser.open("--host-resolver-rules=MAP site.example 127.0.0.1")) {
			browser.go(url);
			assertEquals(scheme.equals("https"), browser.run("return window.isSecureContext"));
			assertTrue(browser.text().contains("Are you a person?"), browser::text);
			assertEquals(List.of(), errors(browser));
			browser.click("#go");
			awaitSecret(browser);
			assertEquals(url, browser.run("return location.href"));
			assertEquals(SECRET, browser.reload().text());
			assertEquals(SECRET, browser.go(url + "&another").text());
			assertEquals(List.of(), errors(browser));
			assertEquals("", browser.run("return document.cookie"), "a script can read the cookies");
			browser.tell("Emulation.setUserAgentOverride", "{\"userAgent\":\"Another/1.0\"}").reload();
			assertTrue(browser.text().contains("Are you a person?"), browser::text);
		}
	}

	@Test
	void aKeyboardIsEnough() {
		try (Browser browser = Browser.open()) {
			browser.go("http://127.0.0.1:" + gatehouse.port("http") + "/").press(TAB);
			assertEquals("go", browser.run("return document.activeElement.id"));
			browser.press(ENTER);
			awaitSecret(browser);
		}
	}

	@Test
	void aScreenReaderIsToldWhatHappens() {
		try (Browser browser = Browser.open()) {
			browser.go("http://127.0.0.1:" + gatehouse.port("http") + "/");
			assertEquals("en", browser.run("return document.documentElement.lang"));
			assertEquals("status", browser.run("return document.getElementById('status').getAttribute('role')"));
			assertEquals("I am a person", browser.run("return document.getElementById('go').innerText.trim()"));
			assertEquals("Calculation", browser.run("return document.querySelector('progress').ariaLabel"));
			assertEquals(true, browser.run("return [...document.querySelectorAll('svg')].every(svg => svg.closest('[aria-hidden=true]'))"));
		}
	}

	@Test
	void speaksTheVisitorsLanguage() {
		try (Browser browser = Browser.open()) {
			browser.tell("Network.setUserAgentOverride", "{\"userAgent\":\"Browser/1.0\",\"acceptLanguage\":\"de-AT,de\"}");
			browser.go("http://127.0.0.1:" + gatehouse.port("http") + "/").screenshot(pictures().resolve("german.png"));
			assertEquals("de", browser.run("return document.documentElement.lang"));
			assertEquals("Ich bin ein Mensch", browser.run("return document.getElementById('go').innerText.trim()"));
			assertEquals(List.of(), errors(browser));
			browser.click("#go");
			awaitSecret(browser);
		}
	}

	@Test
	void withoutJavaScriptItSaysWhatIsNeeded() {
		try (Browser browser = Browser.open("--blink-settings=scriptEnabled=false")) {
			browser.go("http://127.0.0.1:" + gatehouse.port("http") + "/");
			browser.screenshot(pictures().resolve("noscript.png"));
			assertTrue(browser.text().contains("needs JavaScript"), browser::text);
			assertFalse(browser.text().contains("I am a person"), browser::text);
		}
	}

	@Test
	void whenTheCookieDoesNotComeBackItSaysSo() {
		try (Browser browser = Browser.open()) {
			browser.go("http://127.0.0.1:" + gatehouse.port("http") + "/").click("#go");
			awaitSecret(browser);
			browser.tell("Network.clearBrowserCookies", "{}").reload();
			assertTrue(browser.text().contains("Please allow cookies"), browser::text);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"light", "dark"})
	void fitsAPhoneAndADesktop(String scheme) {
		try (Browser browser = Browser.open()) {
			String url = "http://127.0.0.1:" + gatehouse.port("http") + "/";
			browser.prefers("prefers-color-scheme", scheme);
			browser.size(1280, 800, false).go(url).screenshot(pictures().resolve("desktop-" + scheme + ".png"));
			browser.size(390, 844, true).go(url).screenshot(pictures().resolve("phone-" + scheme + ".png"));
			assertEquals(390L, browser.run("return document.documentElement.scrollWidth"));
			assertTrue((Long) browser.run("return Math.round(document.getElementById('go').getBoundingClientRect().height)") >= 44);
			browser.run("document.querySelector('main').className='working';document.getElementById('progress').hidden=false;"
					+ "document.getElementById('progress').value=40;document.getElementById('label').textContent='Checking…';"
					+ "document.getElementById('status').textContent='This takes a few seconds.'");
			browser.screenshot(pictures().resolve("working-" + scheme + ".png"));
			browser.size(320, 480, true).go(url);
			assertEquals(320L, browser.run("return document.documentElement.scrollWidth"));
		}
	}

	private static void awaitSecret(Browser browser) {
		Await.until("the visitor is let in", () -> SECRET.equals(browser.text()));
	}

	private static Path pictures() {
		return Path.of("generated/captcha");
	}

	/** The page itself is a 403, which the console tells. */
	private static List<String> errors(Browser browser) {
		return browser.console().stream().filter(line -> !line.contains("status of 403")).toList();
	}
}
