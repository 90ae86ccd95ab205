package proxy.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxy.api.rule.Condition;
import proxy.api.rule.ExpressionException;
import proxy.api.rule.RequestFacts;
import proxy.rules.lists.ListDirectory;
import proxy.rules.lists.TestLists;

/** What evaluation costs, and that threads do not disturb each other. */
final class EvaluationTest {

	private static final int ROUNDS = 10_000;

	@ParameterizedTest
	@ValueSource(strings = {
		"http_request.host == \"api.example.com\"",
		"http_request.host == \"www.example.com\" || http_request.host == \"api.example.com\"",
		"http_request.path.starts_with(\"/v1\") && !(client.ip == Ip(\"10.0.0.1\"))",
		"http_request.method in [\"GET\", \"HEAD\"] && http_request.path.ends_with(\"/users\")",
		"client.country != \"XX\" && client.asn == 64500 && client.remote_port > 1024",
		"http_request.user_agent.length() > 10 ? listener == \"public\" : false",
		"lists[\"hosts\"].contains(http_request.host)",
		"lists[\"systems\"].contains(client.asn)",
		"cookies[\"session\"] == \"abc\" && query[\"page\"] in [\"1\", \"2\"] && \"none\" in query == false"
	})
	void commonShapesDoNotAllocate(String expression) throws ExpressionException {
		ListDirectory directory = new ListDirectory();
		var lists = TestLists.fill(directory);
		Language language = new Language(directory);
		Condition condition = language.compile(expression);
		RequestFacts facts = Request.typical();
		assertTrue(rounds(condition, facts));
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long thread = Thread.currentThread().getId();
		long before = threads.getThreadAllocatedBytes(thread);
		assertTrue(rounds(condition, facts));
		long allocated = threads.getThreadAllocatedBytes(thread) - before;
		// the measurement itself takes a little; one object a round would be 160,000 octets and more
		assertTrue(allocated < ROUNDS, () -> allocated + " octets in " + ROUNDS + " evaluations with " + lists.size() + " lists");
	}

	private static boolean rounds(Condition condition, RequestFacts facts) {
		boolean all = true;
		for (int i = 0; i < ROUNDS; i++) {
			all &= condition.test(facts);
		}
		return all;
	}

	@Test
	void threadsShareAConditionWithVariables() throws Exception {
		Condition condition = new Language()
				.compile("[1, 2, 3].map(x, [x, x * 10].filter(y, y > 2)).any(l, l.contains(Int(query[\"n\"])))");
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			List<Callable<Long>> jobs = IntStream.range(0, 8)
					.mapToObj(n -> (Callable<Long>) () -> {
						Request request = new Request().query("n", String.valueOf(n * 10));
						return IntStream.range(0, 20_000).filter(i -> condition.test(request)).count();
					})
					.toList();
			List<Future<Long>> counts = threads.invokeAll(jobs);
			for (int n = 0; n < counts.size(); n++) {
				assertEquals(n >= 1 && n <= 3 ? 20_000 : 0, counts.get(n).get(), "n = " + n);
			}
		} finally {
			threads.shutdownNow();
		}
	}
}
