package proxy.upstream.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proxy.api.upstream.Upstream;
import proxy.fixtures.Pingoo;

class UpstreamUrlTest {

	@ParameterizedTest
	@CsvSource({
		"http://tracker:1212, false, tracker, 1212, tracker:1212",
		"http://Tracker, false, tracker, 80, tracker:80",
		"https://grafana.example, true, grafana.example, 443, grafana.example:443",
		"HTTPS://grafana.example:3000/ignored?too#x, true, grafana.example, 3000, grafana.example:3000",
		"http://user:secret@10.0.0.1:81, false, 10.0.0.1, 81, 10.0.0.1:81",
		"http://[2001:db8::1]:8080, false, 2001:db8::1, 8080, [2001:db8::1]:8080",
		"http://[::1], false, ::1, 80, [::1]:80",
		"http://_http._tcp.Tracker.example, false, _http._tcp.tracker.example, 80, _http._tcp.tracker.example",
	})
	@Pingoo({"config.upstream-urls", "config.upstream-ipv6"})
	void understandsUrls(String text, boolean tls, String host, int port, String shown) {
		UpstreamUrl url = UpstreamUrl.parse("services.x.http_proxy", text);
		assertEquals(new UpstreamUrl(tls, host, port), url);
		assertEquals(shown, url.toString());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
		"tracker:1212 | has no scheme; http://tracker:1212 was probably meant",
		"ftp://tracker | has a scheme other than http and https",
		"http:// | has no host",
		"http://:80 | has no host",
		"http://tracker: | has no port number behind the colon",
		"http://tracker:12x | has no port number behind the colon",
		"http://tracker:0 | has a port that is not in 1..65535",
		"http://_http._tcp.tracker:80 | has a port, which its SRV records say",
		"http://_tracker | is not a name of SRV records such as _http._tcp.example.com",
		"http://tracker:70000 | has a port that is not in 1..65535",
	})
	void saysWhatIsWrongWithAUrl(String text, String reason) {
		Exception wrong = assertThrows(
				IllegalArgumentException.class, () -> UpstreamUrl.parse("services.x.http_proxy", text));
		assertEquals("services.x.http_proxy: the upstream '" + text + "' " + reason, wrong.getMessage());
	}

	@Test
	@Pingoo("http.tls-upstream-address")
	void believesTheNameBehindAServiceNotItsRecords() throws Exception {
		UpstreamUrl url = UpstreamUrl.parse("services.x.http_proxy", "https://_https._tcp.tracker.example");
		assertEquals("tracker.example", url.serverName());
		InetSocketAddress found = new InetSocketAddress(
				InetAddress.getByAddress("one.tracker.example", new byte[] {127, 0, 0, 1}), 8443);
		assertEquals(new Upstream("one.tracker.example:8443", found), url.upstream(found));
	}
}
