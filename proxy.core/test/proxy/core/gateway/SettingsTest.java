package proxy.core.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

	@ParameterizedTest
	@CsvSource({
		"http://0.0.0.0, http://0.0.0.0:80",
		"https://127.0.0.1, https://127.0.0.1:443",
		"https://[::]:8443, https://[::]:8443",
		"http://[::1]:1, http://[::1]:1",
		"0.0.0.0:8080, http://0.0.0.0:8080",
		"tcp+tls://0.0.0.0:993, tcp+tls://0.0.0.0:993",
		"http://localhost:8080/, http://127.0.0.1:8080",
	})
	void understandsAddresses(String text, String expected) {
		assertEquals(expected, ListenerAddress.parse("listeners.x.address", text).toString());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
		"ftp://0.0.0.0 | the scheme 'ftp' is not one of http, https, tcp, tcp+tls",
		"tcp://0.0.0.0 | a tcp listener needs a port, 'tcp://0.0.0.0' has none",
		"http://example.com | the host 'example.com' is not an IP address",
		"http://1.2.3.4.5 | 'http://1.2.3.4.5' is not an address such as https://0.0.0.0:443",
		"http://0.0.0.0/path | an address has no path, 'http://0.0.0.0/path' has one",
		"https://0.0.0.0:70000 | 'https://0.0.0.0:70000' is not an address such as https://0.0.0.0:443",
		"not an address | 'not an address' is not an address such as https://0.0.0.0:443",
	})
	void saysWhatIsWrongWithAnAddress(String text, String reason) {
		Exception wrong = assertThrows(
				IllegalArgumentException.class, () -> ListenerAddress.parse("listeners.x.address", text));
		assertEquals("listeners.x.address: " + reason, wrong.getMessage());
	}

	@Test
	void knowsWhichAddressesAreInItsNetworks() throws UnknownHostException {
		Networks networks = new Networks("s", new String[] {"10.0.0.0/8", "192.168.1.7", "2001:db8::/33"});
		assertTrue(networks.test(InetAddress.getByName("10.255.0.1")));
		assertFalse(networks.test(InetAddress.getByName("11.0.0.1")));
		assertTrue(networks.test(InetAddress.getByName("192.168.1.7")));
		assertFalse(networks.test(InetAddress.getByName("192.168.1.8")));
		assertTrue(networks.test(InetAddress.getByName("2001:db8:7fff::1")));
		assertFalse(networks.test(InetAddress.getByName("2001:db8:8000::1")));
		assertFalse(new Networks("s", new String[0]).test(InetAddress.getByName("10.0.0.1")));
	}

	@ParameterizedTest
	@CsvSource({"10.0.0.0/33", "10.0.0/8x", "10.0.0/8", "example.com", "face", "10.0.0.0/-1"})
	void saysWhichNetworkIsNone(String entry) {
		Exception wrong = assertThrows(
				IllegalArgumentException.class, () -> new Networks("listeners.x.trusted_proxies", new String[] {entry}));
		assertEquals(
				"listeners.x.trusted_proxies: '" + entry + "' is not an IP address or a network such as 10.0.0.0/8",
				wrong.getMessage());
	}
}
