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
	private final Balancers balancers = new Balancers(random);
	private final ChosenBalancer chosen = new ChosenBalancer(runtime, balancers);

	@Test
	void theOneThatIsNamedChooses() {
		balancers.add("random", random);
		balancers.add("last", last);
		chosen.use(SETTING, "last");
		assertSame(last, chosen.chosen());
		chosen.use(SETTING, "random");
		assertSame(random, chosen.chosen());
		assertEquals(List.of(), runtime.problems());
	}

	@Test
	void whileItIsNotThereThatIsToldAndAnotherChooses() {
		balancers.add("random", random);
		chosen.use(SETTING, "last");
		assertSame(random, chosen.chosen());
		assertEquals(
				List.of(new Problem(SETTING, "no installed bundle provides the balancer 'last', only random; upstreams are chosen at random")),
				runtime.problems());
		balancers.add("last", last);
		assertSame(last, chosen.chosen());
		assertEquals(List.of(), runtime.problems());
		balancers.remove("last", last);
		assertSame(random, chosen.chosen());
		assertEquals(1, runtime.problems().size());
	}

	@Test
	void aServiceThatGoesLeavesNoProblem() {
		chosen.use(SETTING, "last");
		chosen.stop();
		balancers.remove("last", last);
		assertEquals(List.of(), runtime.problems());
	}
}
