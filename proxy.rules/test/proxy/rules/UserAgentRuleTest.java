package proxy.rules;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import proxy.fixtures.Configuration;

class UserAgentRuleTest {

	private final UserAgentRule rule = new UserAgentRule(null, Configuration.of(UserAgentConfig.class, Map.of("required", false)));

	@Test
	void refusesNoneAndTooLongOnes() {
		assertTrue(rule.condition().test(new Request()));
		assertTrue(rule.condition().test(new Request().header("User-Agent", "a".repeat(256))));
		assertFalse(rule.condition().test(new Request().header("User-Agent", "a".repeat(255))));
		assertFalse(rule.condition().test(new Request().header("User-Agent", "curl/8")));
	}
}
