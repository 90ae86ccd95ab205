package proxy.rules;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import proxy.api.rule.Condition;
import proxy.api.rule.RequestFacts;
import proxy.rules.lists.ListDirectory;
import proxy.rules.lists.TestLists;
import proxy.rules.value.Type;

/** What typical rules cost, by hand: run the main method; numbers are nanoseconds for one evaluation, the best of several. */
public final class EvaluationCost {

	private static final int ROUNDS = 200_000;
	private static final int RUNS = 50;

	private static final String[] RULES = {
		"http_request.host == \"api.example.com\"",
		"http_request.host == \"www.example.com\" || http_request.host == \"api.example.com\"",
		"http_request.path.starts_with(\"/v1\") && !(client.ip == Ip(\"10.0.0.1\"))",
		"http_request.method in [\"GET\", \"HEAD\"] && http_request.path.ends_with(\"/users\")",
		"client.country != \"XX\" && client.asn == 64500 && client.remote_port > 1024",
		"Ip(\"10.0.0.0/8\").contains(client.ip)",
		"lists[\"networks\"].contains(client.ip)",
		"lists[\"networks\"].any(n, n.contains(client.ip))",
		"lists[\"hosts\"].contains(http_request.host)",
		"http_request.user_agent.matches(Regex(\"(?i)curl|wget|python\"))",
		"http_request.path.matches(Regex(\"^/v[0-9]+/users$\"))",
		"http_request.path.matches(Regex(\"\\\\.(php|asp|jsp)$\"))",
		"headers[\"x-api-key\"] == \"k-123\"",
		"[\"/admin\", \"/wp-\", \"/v1\"].any(p, http_request.path.starts_with(p))"
	};

	private EvaluationCost() {}

	public static void main(String[] arguments) throws Exception {
		ListDirectory directory = new ListDirectory();
		var lists = TestLists.fill(directory);
		Language language = new Language(directory);
		RequestFacts facts = Request.typical();
		int matches = 0;
		for (String rule : RULES) {
			Condition condition = language.compile(rule);
			long best = Long.MAX_VALUE;
			for (int run = 0; run < RUNS; run++) {
				long start = System.nanoTime();
				for (int i = 0; i < ROUNDS; i++) {
					matches += condition.test(facts) ? 1 : 0;
				}
				best = Math.min(best, System.nanoTime() - start);
			}
			System.out.printf("%7.1f ns  %s%n", (double) best / ROUNDS, rule);
		}
		System.out.println(matches + " matches, " + lists.size() + " lists");
		million();
	}

	/** A list of a million networks: time to load, memory, and the cost of asking for random addresses. */
	private static void million() throws Exception {
		Random random = new Random(1);
		Path file = Files.createTempFile("networks", ".csv");
		Files.write(file, (Iterable<String>) IntStream.range(0, 1_000_000).mapToObj(i -> random.nextInt(1, 224) + "." + random.nextInt(256)
				+ "." + random.nextInt(256) + "." + random.nextInt(256) + "/" + random.nextInt(18, 33))::iterator);
		long before = used();
		long start = System.nanoTime();
		var content = TestLists.read(file, Type.IP);
		long loaded = System.nanoTime();
		long after = used();
		Request[] clients = IntStream.range(0, 4_096)
				.mapToObj(i -> new Request().from(random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(256) + ".7"))
				.toArray(Request[]::new);
		ListDirectory directory = new ListDirectory();
		Language language = new Language(directory);
		var slot = directory.slot("million");
		slot.put(content);
		Condition condition = language.compile("lists[\"million\"].contains(client.ip)");
		long best = Long.MAX_VALUE;
		int matches = 0;
		for (int run = 0; run < RUNS; run++) {
			long began = System.nanoTime();
			for (int i = 0; i < ROUNDS; i++) {
				matches += condition.test(clients[i & 4_095]) ? 1 : 0;
			}
			best = Math.min(best, System.nanoTime() - began);
		}
		System.out.printf("%d networks: loaded in %d ms, %.1f MB, %.1f ns to ask (%d matches)%n", content.elements().size(),
				(loaded - start) / 1_000_000, (after - before) / 1e6, (double) best / ROUNDS, matches);
		Files.delete(file);
	}

	private static long used() {
		for (int i = 0; i < 3; i++) {
			System.gc();
		}
		return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
	}
}
