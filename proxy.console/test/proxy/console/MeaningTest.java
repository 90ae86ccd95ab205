package proxy.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proxy.api.rule.Condition;
import proxy.api.rule.ExpressionException;

class MeaningTest {

	private final Meaning meaning = new Meaning(expression -> {
		if (expression.equals("true")) {
			return Condition.ALWAYS;
		}
		throw new ExpressionException(1, 4, "unknown variable 'hots', did you mean 'host'?");
	});

	@Test
	void saysWhereAnExpressionIsWrong() {
		String reason = "unknown variable 'hots', did you mean 'host'? at 1:4";
		assertEquals(reason, meaning.refusal("proxy.service.http_proxy", "route", "hots"));
		assertEquals(reason, meaning.refusal("proxy.rule", "expression", "hots"));
		assertNull(meaning.refusal("proxy.service.http_proxy", "route", "true"));
		assertNull(meaning.refusal("proxy.service.http_proxy", "route", ""));
		assertNull(meaning.refusal("proxy.service.http_proxy", "comment", "hots"));
		assertNull(new Meaning(null).refusal("proxy.rule", "expression", "hots"));
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", delimiter = '|', quoteCharacter = '~', value = {
		"https://0.0.0.0:443 | -",
		"http://[::]:8080 | -",
		"tcp+tls://0.0.0.0:853 | -",
		"https://0.0.0.0 | -",
		"0.0.0.0:80 | '0.0.0.0:80' is not an address such as https://0.0.0.0:443",
		"https:/0.0.0.0 | 'https:/0.0.0.0' is not an address such as https://0.0.0.0:443",
		"https://0.0.0.0:99999 | the port of 'https://0.0.0.0:99999' is not in 0..65535",
		"https://0.0.0.0:x | the port of 'https://0.0.0.0:x' is not in 0..65535",
		"ftp://0.0.0.0:21 | 'ftp' is none of http, https, tcp, tcp+tls",
	})
	void checksAListenersAddress(String address, String reason) {
		assertEquals(reason, meaning.refusal("proxy.listener", "address", address));
	}

	@Test
	void checksUpstreams() {
		assertNull(meaning.refusal("proxy.service.http_proxy", "upstreams", "http://tracker_1:7070"));
		assertEquals(
				"'tcp+tls' is none of http, https, tcp",
				meaning.refusal("proxy.service.http_proxy", "upstreams", "tcp+tls://tracker:1"));
	}
}
