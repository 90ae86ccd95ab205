package proxy.core.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PROXY headers are read as they are specified, and nothing else is. */
class ProxyHeaderTest {

	private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
	private static final String IPV4 = "c0000201" + "c6336402" + "3039" + "01bb";
	private static final String IPV6 =
			"20010db8000000000000000000000001" + "20010db8000000000000000000000002" + "3039" + "01bb";

	private static ByteBuffer text(String text) {
		return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	private static ByteBuffer hex(String hex) {
		return ByteBuffer.wrap(HexFormat.of().parseHex(SIGNATURE + hex));
	}

	private static void assertAddresses(String source, String destination, ProxyHeader header) {
		assertEquals(new InetSocketAddress(source, 12345), header.source());
		assertEquals(new InetSocketAddress(destination, 443), header.destination());
	}

	@Test
	void readsVersion1() throws ProtocolException {
		ByteBuffer received = text("PROXY TCP4 192.0.2.1 198.51.100.2 12345 443\r\nGET /");
		assertAddresses("192.0.2.1", "198.51.100.2", ProxyHeader.read(received));
		assertEquals("GET /", StandardCharsets.ISO_8859_1.decode(received).toString());
		assertAddresses("2001:db8::1", "2001:db8::2", ProxyHeader.read(text("PROXY TCP6 2001:db8::1 2001:DB8:0:0::2 12345 443\r\n")));
	}

	@ParameterizedTest
	@ValueSource(strings = {"PROXY UNKNOWN\r\n", "PROXY UNKNOWN ffff::1 ffff::2 1 2\r\n"})
	void aProxyThatDoesNotKnowTheClientSpeaksForItself(String line) throws ProtocolException {
		assertNull(ProxyHeader.read(text(line)).source());
	}

	@Test
	void readsVersion2() throws ProtocolException {
		ByteBuffer received = hex("2111000c" + IPV4 + "474554");
		assertAddresses("192.0.2.1", "198.51.100.2", ProxyHeader.read(received));
		assertEquals("GET", StandardCharsets.ISO_8859_1.decode(received).toString());
		assertAddresses("2001:db8::1", "2001:db8::2", ProxyHeader.read(hex("21210024" + IPV6)));
	}

	@ParameterizedTest
	@ValueSource(strings = {"20000000", "2011000c" + IPV4, "21000000", "21000003aabbcc"})
	void aHealthCheckOfTheProxyIsItsOwn(String rest) throws ProtocolException {
		ByteBuffer received = hex(rest);
		assertNull(ProxyHeader.read(received).source());
		assertEquals(0, received.remaining());
	}

	@Test
	void additionsAreSkipped() throws ProtocolException {
		ByteBuffer received = hex("21110014" + IPV4 + "0200026869" + "040000" + "ff");
		assertAddresses("192.0.2.1", "198.51.100.2", ProxyHeader.read(received));
		assertEquals(1, received.remaining());
	}

	@Test
	void waitsForTheWholeOfIt() throws ProtocolException {
		for (ByteBuffer whole : new ByteBuffer[] {
			text("PROXY TCP4 192.0.2.1 198.51.100.2 12345 443\r\n"), hex("21210024" + IPV6)
		}) {
			for (int length = 0; length < whole.capacity(); length++) {
				ByteBuffer part = whole.duplicate().limit(length);
				assertNull(ProxyHeader.read(part), "after " + length + " octets");
				assertEquals(length, part.remaining());
			}
			assertNotNull(ProxyHeader.read(whole));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {
		"GET / HTTP/1.1\r\n\r\n",
		"POST / HTTP/1.1\r\n\r\n",
		"PROXY\r\n",
		"PROXY TCP4\r\n",
		"PROXY  TCP4 192.0.2.1 198.51.100.2 12345 443\r\n",
		"PROXY TCP5 192.0.2.1 198.51.100.2 12345 443\r\n",
		"PROXY tcp4 192.0.2.1 198.51.100.2 12345 443\r\n",
		"PROXY TCP4 192.0.2.01 198.51.100.2 12345 443\r\n",
		"PROXY TCP4 192.0.2 198.51.100.2 12345 443\r\n",
		"PROXY TCP4 192.0.2.256 198.51.100.2 12345 443\r\n",
		"PROXY TCP4 localhost 198.51.100.2 12345 443\r\n",
		"PROXY TCP4 2001:db8::1 2001:db8::2 12345 443\r\n",
		"PROXY TCP6 192.0.2.1 198.51.100.2 12345 443\r\n",
		"PROXY TCP6 2001:db8::1%eth0 2001:db8::2 12345 443\r\n",
		"PROXY TCP6 2001:db8:::1 2001:db8::2 12345 443\r\n",
		"PROXY TCP4 192.0.2.1 198.51.100.2 65536 443\r\n",
		"PROXY TCP4 192.0.2.1 198.51.100.2 012 443\r\n",
		"PROXY TCP4 192.0.2.1 198.51.100.2 -1 443\r\n",
		"PROXY TCP4 192.0.2.1 198.51.100.2 12345 443 \r\n",
		"PROXY TCP4 192.0.2.1 198.51.100.2 12345 443\nGET / HTTP/1.1 and more and more and more until it is too long for a line",
		"PROXY UNKNOWN and more and more and more and more and more and more and more and more and more and more and more",
	})
	void refusesWhatIsNoVersion1(String line) {
		assertThrows(ProtocolException.class, () -> ProxyHeader.read(text(line)));
	}

	@ParameterizedTest
	@ValueSource(strings = {
		"1111000c" + IPV4, "2211000c" + IPV4, "2112000c" + IPV4, "2141000c" + IPV4, "2111000b" + IPV4, "2121000c" + IPV4,
		"2111000e" + IPV4 + "0000", "2111000f" + IPV4 + "010001", "2111ffff" + IPV4
	})
	void refusesWhatIsNoVersion2(String rest) {
		assertThrows(ProtocolException.class, () -> ProxyHeader.read(hex(rest)));
	}

	@Test
	void refusesAnotherSignatureAtItsFirstOctet() {
		assertThrows(ProtocolException.class, () -> ProxyHeader.read(text("\u0016")));
		assertThrows(ProtocolException.class, () -> ProxyHeader.read(text("\r\n\r\nX")));
	}
}
