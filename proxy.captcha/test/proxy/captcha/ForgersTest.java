package proxy.captcha;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class ForgersTest {

	private final Forgers forgers = new Forgers();

	@Test
	void areThoseWhoForgeAgainAndAgainWithinAMinute() throws UnknownHostException {
		InetAddress address = InetAddress.getByName("192.0.2.1");
		for (int i = 0; i < 15; i++) {
			forgers.add(address, 600);
			assertFalse(forgers.has(address, 600));
		}
		forgers.add(address, 659);
		assertTrue(forgers.has(address, 659));
		forgers.add(address, 659);
		assertTrue(forgers.has(address, 659));
		assertFalse(forgers.has(address, 660));
		forgers.add(address, 660);
		assertFalse(forgers.has(address, 660));
	}

	@Test
	void areNetworksInIpv6() throws UnknownHostException {
		for (int i = 0; i < 16; i++) {
			forgers.add(InetAddress.getByName("2001:db8::" + i), 0);
		}
		assertTrue(forgers.has(InetAddress.getByName("2001:db8::ffff"), 0));
	}
}
