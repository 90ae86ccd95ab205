package proxy.rules.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import proxy.fixtures.Pingoo;

/** Sets of networks against asking every network. */
final class IpSetTest {

	private final Random random = new Random(42);

	@Test
	@Pingoo("lists.fast")
	void agreesWithEveryNetworkAskedAlone() {
		for (int size : new int[] {0, 1, 3, 63, 64, 65, 500, 3_000}) {
			List<Ip> networks = networks(size);
			IpSet set = new IpSet(networks);
			for (int i = 0; i < 4_000; i++) {
				Ip address = i % 2 == 0 || networks.isEmpty() ? address() : edge(networks.get(random.nextInt(size)));
				boolean expected = networks.stream().anyMatch(network -> network.contains(address));
				assertEquals(expected, set.contains(address), () -> size + " networks, " + address);
				assertEquals(expected, set.contains(address.address()), () -> size + " networks, " + address);
			}
		}
	}

	@Test
	void holdsWholeAddressSpaces() {
		IpSet v4 = new IpSet(List.of(Ip.of("0.0.0.0/0")));
		assertTrue(v4.contains(Ip.of("0.0.0.0")) && v4.contains(Ip.of("255.255.255.255")) && v4.contains(Ip.of("128.0.0.0")));
		assertFalse(v4.contains(Ip.of("::")));
		IpSet v6 = new IpSet(List.of(Ip.of("::/0")));
		assertTrue(v6.contains(Ip.of("::")) && v6.contains(Ip.of("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")));
		assertFalse(v6.contains(Ip.of("0.0.0.0")));
	}

	@Test
	void aNetworkIsInNoSet() {
		assertFalse(new IpSet(List.of(Ip.of("10.0.0.0/8"))).contains(Ip.of("10.0.0.0/8")));
	}

	/** Few distinct upper bits, so that networks overlap, touch and nest. */
	private List<Ip> networks(int size) {
		List<Ip> networks = new ArrayList<>();
		for (int i = 0; i < size; i++) {
			Ip address = address();
			int bits = address.v6() ? 128 : 32;
			int prefix = bits - (int) Math.min(bits, Math.abs(random.nextGaussian()) * bits / 5);
			networks.add(new Ip(address.v6(), address.high(), address.low(), prefix));
		}
		return networks;
	}

	private Ip address() {
		return random.nextBoolean()
				? new Ip(false, 0, (random.nextInt(4) * 85L << 24 | random.nextInt(1 << 24)) & 0xFFFF_FFFFL, 32)
				: new Ip(true, 0x2001_0DB8_0000_0000L | random.nextInt(1 << 20), random.nextLong(), 128);
	}

	/** First or last address of the network, or a neighbour of it outside. */
	private Ip edge(Ip network) {
		Ip first = network.network();
		long hosts = RangesV6.hosts((network.v6() ? 128 : 32) - network.prefix());
		long low = random.nextBoolean() ? first.low() : first.low() | hosts;
		low += random.nextInt(3) - 1;
		return new Ip(network.v6(), first.high(), network.v6() ? low : low & 0xFFFF_FFFFL, network.v6() ? 128 : 32);
	}
}
