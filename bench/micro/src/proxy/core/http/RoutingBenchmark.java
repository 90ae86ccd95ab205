package proxy.core.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import proxy.api.rule.Condition;
import proxy.api.rule.ExpressionException;
import proxy.bench.Head;
import proxy.bench.Measured;
import proxy.core.http.RoutingTable.Route;
import proxy.rules.Language;

/** Which service a request goes to; every request is for one of the sites, each as likely as the others. */
public class RoutingBenchmark extends Measured {

	/** The number of sites, and how their routes tell them apart. */
	@Param({"1-host", "100-host", "1000-host", "1000-host-behind-5-path", "1-path", "100-path", "1000-path", "without-expression"})
	String routes;

	private Routes table;
	private Requests requests;

	@Setup
	public void build() throws Exception {
		int sites = Character.isDigit(routes.charAt(0)) ? Integer.parseInt(routes.substring(0, routes.indexOf('-'))) : 1;
		List<Route> all = new ArrayList<>();
		for (int i = 0; routes.endsWith("behind-5-path") && i < 5; i++) {
			all.add(route("none" + i, "http_request.path.starts_with(\"/.well-known/" + i + "/\")"));
		}
		for (int site = 0; site < sites; site++) {
			all.add(route("site" + site, expression(site)));
		}
		table = Routes.of(all.toArray(Route[]::new));
		Random random = new Random(2);
		int[] chosen = random.ints(Requests.COUNT, 0, sites).toArray();
		requests = new Requests(Head.SMALL, i -> host(chosen[i]), i -> "/app" + chosen[i] + "/page/" + random.nextInt(1_000), false);
		for (int i = 0; i < Requests.COUNT; i++) {
			if (!first().name().equals("site" + chosen[i])) {
				throw new IllegalStateException("request " + i + " is not routed to site " + chosen[i]);
			}
		}
	}

	private String expression(int site) {
		if (routes.equals("without-expression")) {
			return null;
		}
		return routes.endsWith("-host") || routes.contains("-host-")
				? "http_request.host == \"" + host(site) + "\""
				: "http_request.path.starts_with(\"/app" + site + "/\")";
	}

	private static String host(int site) {
		return "site" + site + ".example.com";
	}

	private static Route route(String name, String expression) throws ExpressionException {
		Condition condition = expression == null ? Condition.ALWAYS : new Language().compile(expression);
		return new Route(name, condition, exchange -> {}, new LoopCounter(1));
	}

	@Benchmark
	public Route first() {
		ParsedExchange request = requests.fresh();
		return table.first(request.facts(), request.loop());
	}

	@TearDown
	public void close() {
		requests.close();
	}
}
