package proxy.upstream.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import proxy.fixtures.Pingoo;

/** Defaults that stand for something. */
class DefaultsTest {

	@Pingoo("http.connect-timeout")
	@Test
	void connectingMayTakeAsLongAsInPingoo() throws ReflectiveOperationException {
		assertEquals(4_000, HttpProxyService.Config.class.getDeclaredMethod("connect_timeout_ms").getDefaultValue());
	}
}
