package proxy.rules;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.annotation.Annotation;
import org.junit.jupiter.api.Test;

class UserAgentRuleTest {

	private record Config(boolean required) implements UserAgentConfig {

		@Override
		public Class<? extends Annotation> annotationType() {
			return UserAgentConfig.class;
		}
	}

	private final UserAgentRule rule = new UserAgentRule(null, new Config(false));

	@Test
	void refusesNoneAndTooLongOnes() {
		assertTrue(rule.condition().test(new Request()));
		assertTrue(rule.condition().test(new Request().header("User-Agent", "a".repeat(256))));
		assertFalse(rule.condition().test(new Request().header("User-Agent", "a".repeat(255))));
		assertFalse(rule.condition().test(new Request().header("User-Agent", "curl/8")));
	}
}
