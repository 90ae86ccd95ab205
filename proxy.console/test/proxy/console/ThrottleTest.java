package proxy.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ThrottleTest {

	private long now = 1_000_000;
	private final Throttle throttle = new Throttle(() -> now);

	@Test
	void forgivesFourFailuresAndThenMakesWaitLongerAndLonger() {
		fail("192.0.2.1", 4);
		assertEquals(0, throttle.waitMillis("192.0.2.1"));
		fail("192.0.2.1", 1);
		assertEquals(2_000, throttle.waitMillis("192.0.2.1"));
		now += 2_000;
		assertEquals(0, throttle.waitMillis("192.0.2.1"));
		fail("192.0.2.1", 1);
		assertEquals(4_000, throttle.waitMillis("192.0.2.1"));
		fail("192.0.2.1", 100);
		assertEquals(60_000, throttle.waitMillis("192.0.2.1"));
	}

	@Test
	void keepsAddressesApart() {
		fail("192.0.2.1", 10);
		assertEquals(0, throttle.waitMillis("192.0.2.2"));
	}

	@Test
	void takesAnIpv6NetworkForOneClient() {
		for (int i = 0; i < 5; i++) {
			throttle.failed("2001:db8:0:1::" + i);
		}
		assertTrue(throttle.waitMillis("2001:db8:0:1:ffff::1") > 0);
		assertEquals(0, throttle.waitMillis("2001:db8:0:2::1"));
	}

	@Test
	void forgetsAfterSuccessAndAfterAWhile() {
		fail("192.0.2.1", 4);
		throttle.succeeded("192.0.2.1");
		fail("192.0.2.1", 4);
		assertEquals(0, throttle.waitMillis("192.0.2.1"));
		now += 900_001;
		fail("192.0.2.1", 1);
		assertEquals(0, throttle.waitMillis("192.0.2.1"));
	}

	private void fail(String address, int times) {
		for (int i = 0; i < times; i++) {
			throttle.failed(address);
		}
	}
}
