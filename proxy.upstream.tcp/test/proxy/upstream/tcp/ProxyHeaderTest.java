package proxy.upstream.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ProxyHeaderTest {

	private static final InetSocketAddress CLIENT = new InetSocketAddress("192.0.2.1", 12345);
	private static final InetSocketAddress HERE = new InetSocketAddress("198.51.100.2", 443);
	private static final InetSocketAddress CLIENT_6 = new InetSocketAddress("2001:db8::1", 65535);
	private static final InetSocketAddress HERE_6 = new InetSocketAddress("2001:db8::2", 443);

	private static String line(InetSocketAddress client, InetSocketAddress destination) {
		return StandardCharsets.US_ASCII.decode(ProxyHeader.of(ProxyHeader.Version.V1, client, destination)).toString();
	}

	private static String octets(InetSocketAddress client, InetSocketAddress destination) {
		ByteBuffer header = ProxyHeader.of(ProxyHeader.Version.V2, client, destination);
		byte[] octets = new byte[header.remaining()];
		header.get(octets);
		return HexFormat.of().formatHex(octets);
	}

	@Test
	void writesVersion1() {
		assertEquals("PROXY TCP4 192.0.2.1 198.51.100.2 12345 443\r\n", line(CLIENT, HERE));
		assertEquals("PROXY TCP6 2001:db8:0:0:0:0:0:1 2001:db8:0:0:0:0:0:2 65535 443\r\n", line(CLIENT_6, HERE_6));
	}

	@Test
	void writesVersion2() {
		assertEquals("0d0a0d0a000d0a515549540a" + "2111000c" + "c0000201" + "c6336402" + "303901bb", octets(CLIENT, HERE));
		assertEquals("0d0a0d0a000d0a515549540a" + "21210024" + "20010db8000000000000000000000001"
				+ "20010db8000000000000000000000002" + "ffff01bb", octets(CLIENT_6, HERE_6));
	}

	@Test
	void anIPv4AddressBesideAnIPv6OneIsMapped() {
		assertEquals("PROXY TCP6 2001:db8:0:0:0:0:0:1 ::ffff:198.51.100.2 65535 443\r\n", line(CLIENT_6, HERE));
		assertEquals("0d0a0d0a000d0a515549540a" + "21210024" + "00000000000000000000ffffc0000201"
				+ "20010db8000000000000000000000002" + "303901bb", octets(CLIENT, HERE_6));
	}
}
