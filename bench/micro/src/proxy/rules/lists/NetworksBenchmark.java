package proxy.rules.lists;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import proxy.bench.Measured;
import proxy.rules.value.Ip;

/** Whether a client's address is in a list of 100,000 networks; half of the clients are. */
public class NetworksBenchmark extends Measured {

	private static final int NETWORKS = 100_000;
	/** A power of two, too many for the processor to learn their ways. */
	private static final int CLIENTS = 16_384;

	@Param({"IPv4", "IPv6"})
	String family;

	private ListContent list;
	private InetAddress[] clients;
	private int next;

	@Setup
	public void build() throws UnknownHostException {
		boolean v6 = family.equals("IPv6");
		Random random = new Random(1);
		PackedIps networks = new PackedIps();
		byte[][] members = new byte[NETWORKS][];
		for (int i = 0; i < NETWORKS; i++) {
			members[i] = address(random, v6);
			int prefix = v6 ? 32 + random.nextInt(33) : 18 + random.nextInt(15);
			networks.add(Ip.of(InetAddress.getByAddress(members[i]).getHostAddress() + "/" + prefix));
		}
		list = new IpList(networks);
		clients = new InetAddress[CLIENTS];
		for (int i = 0; i < CLIENTS; i++) {
			boolean member = random.nextBoolean();
			clients[i] = InetAddress.getByAddress(member ? members[random.nextInt(NETWORKS)] : address(random, v6));
			if (member && !list.has(clients[i])) {
				throw new IllegalStateException(clients[i] + " is not in the list");
			}
		}
	}

	private static byte[] address(Random random, boolean v6) {
		byte[] octets = new byte[v6 ? 16 : 4];
		random.nextBytes(octets);
		octets[0] = v6 ? 0x20 : (byte) (1 + random.nextInt(223));
		return octets;
	}

	@Benchmark
	public boolean has() {
		return list.has(clients[next++ & CLIENTS - 1]);
	}
}
