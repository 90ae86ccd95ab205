package proxy.log.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineTest {

	private final Line line = new Line(10_000);

	@Test
	void writesEveryOctetSoThatItCanBeReadBack() {
		byte[] all = new byte[256];
		for (int i = 0; i < 256; i++) {
			all[i] = (byte) i;
		}
		line.octets(all, 0, 256, 256);
		String text = text();
		assertTrue(text.chars().allMatch(c -> c >= 0x20 && c < 0x7F), text);
		assertEquals(new String(all, StandardCharsets.ISO_8859_1), unescaped(text));
	}

	@Test
	void escapesWhatJsonWants() {
		line.text("a\"b\\c\nd\u0000eÿf日", 100);
		assertEquals("a\\\"b\\\\c\\u000ad\\u0000e\\u00fff\\u65e5", text());
	}

	@Test
	void writesNumbers() {
		for (long value : new long[] {0, 9, 10, 1234567890123L, Long.MAX_VALUE, -1, Long.MIN_VALUE}) {
			line.clear();
			line.number(value);
			assertEquals(Long.toString(value), text());
		}
		line.clear();
		line.thousandths(1_002);
		line.raw(" ");
		line.thousandths(0);
		assertEquals("1.002 0.000", text());
	}

	@Test
	void saysWhenSomethingWasTooLong() {
		line.text("12345", 5);
		assertFalse(line.truncated());
		line.text("123456", 5);
		assertTrue(line.truncated());
		assertEquals("1234512345", text());
		line.clear();
		assertFalse(line.truncated());
	}

	@ParameterizedTest
	@CsvSource({
		"192.0.2.1, 192.0.2.1",
		"255.255.255.255, 255.255.255.255",
		"0.0.0.0, 0.0.0.0",
		"2001:db8:0:0:0:0:0:1, 2001:db8::1",
		"0:0:0:0:0:0:0:0, ::",
		"0:0:0:0:0:0:0:1, ::1",
		"1:0:0:0:0:0:0:0, 1::",
		"2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
		"2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
		"2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
		"fe80:0:0:0:200:f8ff:fe21:67cf, fe80::200:f8ff:fe21:67cf",
		"1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
	})
	void writesAddressesTheShortestWay(String address, String expected) throws Exception {
		line.address(InetAddress.getByName(address));
		assertEquals(expected, text());
	}

	private String text() {
		return new String(line.bytes(), 0, line.length(), StandardCharsets.ISO_8859_1);
	}

	private static String unescaped(String json) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < json.length(); i++) {
			char c = json.charAt(i);
			if (c != '\\') {
				text.append(c);
			} else if (json.charAt(++i) == 'u') {
				text.append((char) Integer.parseInt(json.substring(i + 1, i + 5), 16));
				i += 4;
			} else {
				text.append(json.charAt(i));
			}
		}
		return text.toString();
	}
}
