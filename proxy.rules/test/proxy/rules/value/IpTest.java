package proxy.rules.value;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Our reading and writing of addresses against the JDK's. */
final class IpTest {

	@Test
	void readsWhatTheJdkWrites() throws UnknownHostException {
		Random random = new Random(7);
		for (int i = 0; i < 5_000; i++) {
			byte[] octets = new byte[random.nextBoolean() ? 4 : 16];
			random.nextBytes(octets);
			for (int zeros = random.nextInt(octets.length); zeros > 0; zeros--) {
				octets[random.nextInt(octets.length)] = 0;
			}
			InetAddress address = InetAddress.getByAddress(octets);
			Ip ip = Ip.of(address.getHostAddress());
			assertEquals(Ip.of(address), ip, address::toString);
			assertEquals(address, ip.address());
			assertEquals(ip, Ip.of(ip.toString()), ip::toString);
		}
	}

	@Test
	void writesIpv6AsRfc5952Wants() {
		assertEquals("2001:db8::1/128", Ip.of("2001:0DB8:0:0:0:0:0:1").toString());
		assertEquals("2001:db8:0:1:1:1:1:1/128", Ip.of("2001:db8::1:1:1:1:1").toString());
		assertEquals("2001:0:0:1::1/128", Ip.of("2001:0:0:1:0:0:0:1").toString());
		assertEquals("2001:db8::1:0:0:1/128", Ip.of("2001:db8:0:0:1:0:0:1").toString());
		assertEquals("1::/16", Ip.of("1:0:0:0:0:0:0:0/16").toString());
		assertEquals("::/0", Ip.of("::/0").toString());
	}

	@Test
	void mappedAddressesAreIpv4() {
		assertEquals(Ip.of("10.0.0.1"), Ip.of("::ffff:10.0.0.1"));
		assertEquals(Ip.of("10.0.0.0/8"), Ip.of("::ffff:a00:0/104"));
		assertEquals(Inet4Address.class, Ip.of("::ffff:10.0.0.1").address().getClass());
		assertEquals(Inet6Address.class, Ip.of("::fffe:10.0.0.1").address().getClass());
	}
}
