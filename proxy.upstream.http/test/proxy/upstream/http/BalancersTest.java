package proxy.upstream.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.junit.jupiter.api.Test;
import proxy.api.runtime.Problem;
import proxy.api.upstream.Balancer;
import proxy.fixtures.RecordedRuntime;

class BalancersTest {

	private static final String SETTING = "services.app.http_proxy.balancer";

	private final Balancer random = available -> available.get(0);
	private final Balancer last = available -> available.get(available.size() - 1);
	private final RecordedRuntime runtime = new RecordedRuntime();
	private final Balancers balancers = new Balancers(runtime, random);

	@Test
	void theOneThatIsNamedChooses() {
		balancers.add("random", random);
		balancers.add("last", last);
		balancers.use(SETTING, "last");
		assertSame(last, balancers.chosen());
		balancers.use(SETTING, "random");
		assertSame(random, balancers.chosen());
		assertEquals(List.of(), runtime.problems());
	}

	@Test
	void whileItIsNotThereThatIsToldAndAnotherChooses() {
		balancers.add("random", random);
		balancers.use(SETTING, "last");
		assertSame(random, balancers.chosen());
		assertEquals(
				List.of(new Problem(SETTING, "no installed bundle provides the balancer 'last', only random; upstreams are chosen at random")),
				runtime.problems());
		balancers.add("last", last);
		assertSame(last, balancers.chosen());
		assertEquals(List.of(), runtime.problems());
		balancers.remove("last", last);
		assertSame(random, balancers.chosen());
		assertEquals(1, runtime.problems().size());
	}

	@Test
	void aServiceThatGoesLeavesNoProblem() {
		balancers.use(SETTING, "last");
		balancers.stop();
		balancers.remove("last", last);
		assertEquals(List.of(), runtime.problems());
	}
}
