package proxy.geoip;

import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import proxy.fixtures.MmdbFile;

/** What a database of 500,000 networks costs, by hand: run the main method. Nanoseconds are the best of several runs. */
public final class LookupCost {

	private static final int NETWORKS = 500_000;
	private static final int ROUNDS = 1_000_000;

	private LookupCost() {}

	public static void main(String[] arguments) throws Exception {
		Path file = Files.createTempFile("networks", ".mmdb");
		Path packed = Files.createTempFile("networks", ".mmdb.zst");
		MmdbFile content = new MmdbFile(28, true);
		for (int i = 0; i < NETWORKS; i++) {
			content.flat((i / 65_536 + 20) + "." + i / 256 % 256 + "." + i % 256 + ".0/24", "AS" + i % 60_000, i % 2 == 0 ? "FR" : "DE");
		}
		content.write(file);
		try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(packed))) {
			Files.copy(file, out);
		}
		for (Path each : List.of(file, packed)) {
			long start = System.nanoTime();
			Database.read(each);
			System.out.printf("%s: %.1f MB, read in %d ms%n", each, Files.size(each) / 1e6, (System.nanoTime() - start) / 1_000_000);
		}
		Database database = Database.read(file);
		Random random = new Random(1);
		InetAddress[] addresses = new InetAddress[1 << 16];
		for (int i = 0; i < addresses.length; i++) {
			addresses[i] = InetAddress.getByName(random.nextInt(20, 28) + "." + random.nextInt(256) + "." + random.nextInt(256) + ".7");
		}
		Knowledge knowledge = new Knowledge(List.of(database), (damaged, how) -> {});
		System.out.printf("%.0f ns for an address not asked for lately, %.1f ns for one that was%n",
				cost(knowledge, addresses, addresses.length - 1), cost(knowledge, addresses, 255));
		Files.delete(file);
		Files.delete(packed);
	}

	private static double cost(Knowledge knowledge, InetAddress[] addresses, int mask) {
		long best = Long.MAX_VALUE;
		long sum = 0;
		for (int run = 0; run < 7; run++) {
			long start = System.nanoTime();
			for (int i = 0; i < ROUNDS; i++) {
				sum += knowledge.lookup(addresses[i & mask]).asn();
			}
			best = Math.min(best, System.nanoTime() - start);
		}
		return sum == 0 ? -1 : (double) best / ROUNDS;
	}
}
