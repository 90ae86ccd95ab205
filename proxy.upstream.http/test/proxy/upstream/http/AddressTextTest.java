package proxy.upstream.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTextTest {

	@ParameterizedTest
	@ValueSource(strings = {
		"192.0.2.1", "0.0.0.0", "::", "::1", "1::", "2001:db8::1", "2001:db8:0:1:1:1:1:1", "2001:db8::1:0:0:1", "2001:0:0:1::1",
		"1:2:3:4:5:6:7:8", "fe80::10:0:a0"
	})
	void isTheRecommendedText(String text) throws UnknownHostException {
		assertEquals(text, AddressText.of(InetAddress.getByName(text)));
	}

	@Test
	void hasNoZone() throws UnknownHostException {
		byte[] linkLocal = InetAddress.getByName("fe80::1").getAddress();
		assertEquals("fe80::1", AddressText.of(Inet6Address.getByAddress(null, linkLocal, 7)));
	}

	@Test
	void isIPv4ForAnIPv4AddressInIPv6() throws UnknownHostException {
		assertEquals("192.0.2.1", AddressText.of(InetAddress.getByName("::ffff:192.0.2.1")));
	}
}
