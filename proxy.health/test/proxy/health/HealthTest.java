package proxy.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import proxy.api.runtime.Problem;
import proxy.fixtures.RecordedRuntime;

class HealthTest {

	private final RecordedRuntime runtime = new RecordedRuntime();

	@Test
	void aGatewayThatHasTriedEverythingIsWell() {
		runtime.listens("https");
		assertEquals(new Health(true, "ok\n"), Health.of(runtime));
	}

	@Test
	void aListenerThatDoesNotListenIsNamed() {
		runtime.listens("http");
		runtime.report(new Problem("listeners.https.address", "port 443 is taken"));
		runtime.report(new Problem("services.api.http_proxy", "no such host"));
		assertEquals(new Health(false, "listeners.https.address: port 443 is taken\n"), Health.of(runtime));
	}

	@Test
	void whatIsWrongWithAServiceIsNoReasonToStartAgain() {
		runtime.listens("http");
		runtime.report(new Problem("services.api.http_proxy", "no such host"));
		assertEquals(new Health(true, "ok\n"), Health.of(runtime));
	}

	@Test
	void whatListensNowhereIsNotWellAndEverythingThatIsWrongIsNamed() {
		assertEquals(new Health(false, "nothing listens\n"), Health.of(runtime));
		runtime.report(new Problem("configuration", "gatehouse.yml:3:1: there is a tab"));
		runtime.report(new Problem("services.api.http_proxy", "no such host"));
		assertEquals(
				new Health(false, """
						nothing listens
						configuration: gatehouse.yml:3:1: there is a tab
						services.api.http_proxy: no such host
						"""),
				Health.of(runtime));
	}
}
