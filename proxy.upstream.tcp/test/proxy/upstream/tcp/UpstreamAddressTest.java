package proxy.upstream.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import proxy.fixtures.Pingoo;

class UpstreamAddressTest {

	@Pingoo("tcp.urls")
	@ParameterizedTest
	@CsvSource({
		"tcp://database:5432, database, 5432",
		"tcp://10.0.0.1:1, 10.0.0.1, 1",
		"tcp://[2001:DB8::1]:65535, 2001:db8::1, 65535",
		"TCP://Data_Base.Example:22/ignored, data_base.example, 22",
		"tcp://user@host:25, host, 25",
		"http://host, host, 80",
		"https://host, host, 443",
		"https://host:8443, host, 8443",
		"tcp://_ldap._tcp.example.com, _ldap._tcp.example.com, 0",
	})
	void readsHostAndPort(String url, String host, int port) {
		assertEquals(new UpstreamAddress(host, port), UpstreamAddress.parse("services.db.tcp_proxy", url));
	}

	@ParameterizedTest
	@ValueSource(strings = {
		"database:5432", "tcp://database", "tcp://database:0", "tcp://database:65536", "tcp://database:x", "tcp://:5432", "udp://h:1",
		"tcp://[::1:5432", "tcp://h:", "tcp://h h:1", ""
	})
	void refusesWhatIsNone(String url) {
		String message = assertThrows(IllegalArgumentException.class,
				() -> UpstreamAddress.parse("services.db.tcp_proxy", url)).getMessage();
		assertTrue(message.startsWith("services.db.tcp_proxy: the upstream '" + url + "' "), message);
	}

	@Test
	void aPortOfSrvRecordsCounts() throws UnknownHostException {
		InetAddress address = InetAddress.getByName("192.0.2.1");
		assertEquals(new InetSocketAddress(address, 389),
				new UpstreamAddress("_ldap._tcp.example.com", 0).upstream(new InetSocketAddress(address, 389)).address());
		assertEquals("database:5432", new UpstreamAddress("database", 5432).upstream(new InetSocketAddress(address, 0)).name());
		assertEquals("[::1]:5432", new UpstreamAddress("::1", 5432).upstream(new InetSocketAddress(address, 0)).name());
	}
}
