package proxy.core.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressLiteralTest {

	@ParameterizedTest
	@ValueSource(strings = {"0.0.0.0", "203.0.113.9", "255.255.255.255"})
	void readsIpv4(String text) {
		assertEquals(text, AddressLiteral.parse(text).getHostAddress());
	}

	@ParameterizedTest
	@ValueSource(strings = {"2001:db8::1", "2001:DB8:0:0:0:0:0:1"})
	void readsIpv6(String text) {
		assertEquals("2001:db8:0:0:0:0:0:1", AddressLiteral.parse(text).getHostAddress());
	}

	@ParameterizedTest
	@ValueSource(strings = {
		"", "1", "1.2.3", "1.2.3.", "1.2.3.4.", "1.2.3.4.5", "1..2.3", ".1.2.3", "256.1.1.1", "0001.1.1.1", "a.b.c.d", "1.2.3.4:80", "[::1]",
		"::1%eth0", "1:2:3", ".:1", "unknown", "localhost", "_hidden"
	})
	void takesNothingElseForAnAddress(String text) {
		assertNull(AddressLiteral.parse(text));
	}
}
