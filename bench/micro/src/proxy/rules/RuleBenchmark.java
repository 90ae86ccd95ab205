package proxy.rules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import proxy.api.rule.Condition;
import proxy.api.rule.ExpressionException;
import proxy.api.rule.RequestFacts;
import proxy.bench.Head;
import proxy.bench.Measured;
import proxy.core.http.Requests;

/** Five typical rules, asked of a browser's requests as the gateway sees them. */
public class RuleBenchmark extends Measured {

	private static final Map<String, String> RULES = new LinkedHashMap<>();
	private static final List<String> PATHS = List.of(
			"/news/", "/index.html?page=", "/admin/users/", "/wp-login.php?try=", "/v1/items/", "/assets/site.css?v=");

	static {
		RULES.put("host", "http_request.host == \"www.example.com\" || http_request.host == \"api.example.com\"");
		RULES.put("path", "http_request.path.starts_with(\"/admin\") && !(http_request.method in [\"GET\", \"HEAD\"])");
		RULES.put("pattern", "http_request.path.matches(Regex(\"\\\\.(php|asp|jsp)$\"))");
		RULES.put("agent", "http_request.user_agent.matches(Regex(\"(?i)curl|wget|python\"))");
		RULES.put("network", "Ip(\"10.0.0.0/9\").contains(client.ip)");
	}

	/** One of the five, or one after the other. */
	@Param({"host", "path", "pattern", "agent", "network", "all"})
	String rule;

	/** Whether what the rule asks about the request is computed for it, or known from an earlier question. */
	@Param({"fresh", "known"})
	String facts;

	private Condition[] conditions;
	private boolean fresh;
	private Requests requests;

	@Setup
	public void build() throws Exception {
		conditions = rule.equals("all")
				? RULES.values().stream().map(RuleBenchmark::compiled).toArray(Condition[]::new)
				: new Condition[] {compiled(RULES.get(rule))};
		fresh = facts.equals("fresh");
		Random random = new Random(2);
		requests = new Requests(
				Head.BROWSER,
				i -> random.nextInt(4) == 0 ? "www.example.com" : "site" + random.nextInt(100) + ".example.com",
				i -> PATHS.get(random.nextInt(PATHS.size())) + random.nextInt(1_000),
				false);
	}

	private static Condition compiled(String expression) {
		try {
			return new Language().compile(expression);
		} catch (ExpressionException e) {
			throw new IllegalArgumentException(expression, e);
		}
	}

	@Benchmark
	public int test() {
		RequestFacts asked = (fresh ? requests.fresh() : requests.known()).facts();
		int matches = 0;
		for (Condition condition : conditions) {
			matches += condition.test(asked) ? 1 : 0;
		}
		return matches;
	}

	@TearDown
	public void close() {
		requests.close();
	}
}
