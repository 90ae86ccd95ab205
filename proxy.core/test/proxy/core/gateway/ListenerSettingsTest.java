package proxy.core.gateway;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proxy.fixtures.Configuration;

class ListenerSettingsTest {

	private static ListenerSettings check(Map<String, ?> given) {
		Map<String, Object> all = new HashMap<>(Map.of("name", "x"));
		all.putAll(given);
		return ListenerSettings.check(Configuration.of(ListenerConfig.class, all));
	}

	private static void assertRefused(String message, Map<String, ?> given) {
		assertEquals(message, assertThrows(IllegalArgumentException.class, () -> check(given)).getMessage());
	}

	@Test
	void sayWhatIsWrong() {
		assertRefused("listeners: a listener needs a name", Map.of("name", " "));
		assertRefused(
				"listeners.x.https_redirect: only an http listener can redirect to https",
				Map.of("address", "https://0.0.0.0", "https_redirect", true));
		assertRefused("listeners.x.https_redirect_port: 65536 is not in 1..65535", Map.of("https_redirect_port", 65_536));
		assertRefused(
				"listeners.x.proxy_protocol: trusted_proxies is empty; name the proxies whose PROXY headers are to be believed",
				Map.of("proxy_protocol", true));
		assertRefused(
				"listeners.x.trusted_proxies: 'nobody' is not an IP address or a network such as 10.0.0.0/8",
				Map.of("trusted_proxies", new String[] {"nobody"}));
	}

	@ParameterizedTest
	@CsvSource({
		"handshake_timeout_ms, 1", "head_timeout_ms, 1", "idle_timeout_ms, 0", "stall_timeout_ms, 1", "min_content_rate, 0", "max_head_size, 256", "max_connections, 1"
	})
	void refuseLimitsThatNoConnectionWouldKeep(String attribute, int least) {
		boolean isLong = List.of("head_timeout_ms", "idle_timeout_ms", "stall_timeout_ms", "min_content_rate").contains(attribute);
		Number fewer = isLong ? (Number) Long.valueOf(least - 1) : Integer.valueOf(least - 1);
		assertRefused("listeners.x." + attribute + ": is " + fewer + ", it must be at least " + least, Map.of(attribute, fewer));
		check(Map.of(attribute, isLong ? (Number) Long.valueOf(least) : Integer.valueOf(least)));
	}

	@ParameterizedTest
	@CsvSource({
		"https_redirect, true, true",
		"max_connections, 7, true",
		"address, http://0.0.0.0:81, false",
		"address, https://0.0.0.0:80, false",
		"reuse_port, false, false",
		"backlog, 7, false",
	})
	void aSocketServesForWhateverIsNotAboutIt(String attribute, String text, boolean same) {
		Object value = text.matches("\\d+") ? Integer.valueOf(text) : text.matches("true|false") ? Boolean.valueOf(text) : text;
		assertEquals(same, check(Map.of()).sameSocket(check(Map.of(attribute, value))));
	}

	@Test
	void theRedirectGoesToThePortThatClientsKnow() {
		assertEquals(0, check(Map.of("https_redirect_port", 8443)).redirectPort());
		assertEquals(8443, check(Map.of("https_redirect", true, "https_redirect_port", 8443)).redirectPort());
	}

	@Test
	void oldTlsIsAcceptedWhereItIsConfigured() {
		assertArrayEquals(new String[] {"TLSv1.3"}, check(Map.of()).tlsVersions());
		assertArrayEquals(new String[] {"TLSv1.3", "TLSv1.2"}, check(Map.of("tls_min_version", "1.2")).tlsVersions());
	}

	@Test
	void httpOffersItsVersionsAndTcpWhatIsConfigured() {
		assertArrayEquals(new String[] {"h2", "http/1.1"}, check(Map.of()).applicationProtocols());
		assertArrayEquals(new String[] {"http/1.1"}, check(Map.of("http2", false)).applicationProtocols());
		String[] imap = {"imap"};
		ListenerSettings tcp = check(Map.of("address", "tcp+tls://0.0.0.0:993", "alpn", imap));
		assertArrayEquals(imap, tcp.applicationProtocols());
		assertTrue(tcp.address().isTcp());
		assertFalse(check(Map.of()).address().isTcp());
	}
}
