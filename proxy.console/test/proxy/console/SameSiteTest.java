package proxy.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proxy.fixtures.Configuration;

class SameSiteTest {

	private final SameSite sameSite = new SameSite(named("Console.example "));

	private static ConsoleSettings named(String... hosts) {
		return Configuration.of(ConsoleSettings.class, Map.of("hosts", hosts));
	}

	@ParameterizedTest(name = "{0} {1} origin={2} site={3} mode={4} referer={5} query={6} changing={7}: refused {8}")
	@CsvSource(nullValues = "-", value = {
		// programs, which send none of it
		"GET,  127.0.0.1:8181,       -, -, -, -, false, false, false",
		"POST, 127.0.0.1:8181,       -, -, -, -, false, true,  false",
		"POST, localhost,            -, -, -, -, false, true,  false",
		"POST, [::1]:8181,           -, -, -, -, false, true,  false",
		"POST, CONSOLE.example:8181, -, -, -, -, false, true,  false",
		// a name that somebody has pointed here
		"GET,  evil.example:8181,        -, -, -, -, false, false, true",
		"GET,  evil.example:8181,        -, same-origin, cors, -, false, false, true",
		"POST, evil.example:8181,        http://evil.example:8181, same-origin, cors, -, false, true, true",
		"GET,  127.0.0.1.evil.example,   -, -, -, -, false, false, true",
		"GET,  localhost.evil.example,   -, -, -, -, false, false, true",
		"GET,  [2001:db8::1]:8181,       -, -, -, -, false, false, true",
		"GET,  -,                        -, -, -, -, false, false, true",
		// the console's own pages
		"GET,  127.0.0.1:8181, -,                     same-origin, navigate, -, true,  false, false",
		"POST, 127.0.0.1:8181, http://127.0.0.1:8181, same-origin, cors,     -, false, true,  false",
		"POST, 127.0.0.1:8181, http://127.0.0.1:8181, -,           -,        -, false, true,  false",
		"GET,  127.0.0.1:8181, -,                     none,        navigate, -, true,  false, false",
		// another site
		"POST,   127.0.0.1:8181, http://evil.example,   -,          -,        -, false, true,  true",
		"POST,   127.0.0.1:8181, http://evil.example,   cross-site, navigate, -, false, true,  true",
		"POST,   127.0.0.1:8181, -,                     cross-site, no-cors,  -, false, true,  true",
		"POST,   127.0.0.1:8181, null,                  -,          -,        -, false, true,  true",
		"POST,   127.0.0.1:8181, http://127.0.0.1:9999, -,          -,        -, false, true,  true",
		"POST,   127.0.0.1:8181, http://127.0.0.1:9999, same-site,  cors,     -, false, true,  true",
		"DELETE, 127.0.0.1:8181, http://evil.example,   -,          -,        -, false, true,  true",
		"POST,   127.0.0.1:8181, -, -, -, http://evil.example/page,   false, true,  true",
		"POST,   127.0.0.1:8181, -, -, -, http://127.0.0.1:8181/page, false, true,  false",
		"GET,    127.0.0.1:8181, -, cross-site, no-cors,  -, false, false, true",
		"GET,    127.0.0.1:8181, -, cross-site, navigate, -, true,  false, true",
		// a link from elsewhere opens a page
		"GET,    127.0.0.1:8181, -, cross-site, navigate, -, false, false, false",
		// a GET that would change something
		"GET, 127.0.0.1:8181, -, -,           -,    -, true, true, true",
		"GET, 127.0.0.1:8181, -, same-origin, cors, -, true, true, true",
		"GET, 127.0.0.1:8181, http://127.0.0.1:8181, -, -, -, true, true, true",
	})
	void decides(
			String method,
			String host,
			String origin,
			String site,
			String mode,
			String referer,
			boolean query,
			boolean changing,
			boolean refused) {
		String refusal = sameSite.refusal(
				new SameSite.Request(method, host, origin, site, mode, referer, query, changing));
		assertEquals(refused, refusal != null, refusal);
	}

	@Test
	void takesOtherNamesWhileItRuns() {
		assertNull(sameSite.refusal(get("console.example")));
		sameSite.modified(named("other.example"));
		assertNotNull(sameSite.refusal(get("console.example")));
		assertNull(sameSite.refusal(get("other.example")));
	}

	private static SameSite.Request get(String host) {
		return new SameSite.Request("GET", host, null, null, null, null, false, false);
	}
}
