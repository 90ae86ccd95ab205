package proxy.upstream.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import proxy.fixtures.Pingoo;

class DefaultsTest {

	@Pingoo({"tcp.connect-timeout", "tcp.attempts"})
	@Test
	void anUpstreamHasThreeSecondsToBeConnectedAndThereAreThreeAttempts() throws NoSuchMethodException {
		assertEquals(3_000, TcpProxyService.Config.class.getDeclaredMethod("connect_timeout_ms").getDefaultValue());
		assertEquals(3, TcpProxyService.Config.class.getDeclaredMethod("connect_attempts").getDefaultValue());
	}
}
