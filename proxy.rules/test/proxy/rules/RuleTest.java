package proxy.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.annotation.Annotation;
import java.util.List;
import org.junit.jupiter.api.Test;
import proxy.api.rule.Condition;
import proxy.api.runtime.Problem;
import proxy.fixtures.Pingoo;
import proxy.fixtures.RecordedRuntime;

final class RuleTest {

	private final RecordedRuntime runtime = new RecordedRuntime();

	private record Settings(String name, String expression, String[] actions, boolean log_only, String on_error)
			implements RuleConfig {

		static Settings of(String expression, String... actions) {
			return new Settings("admin", expression, actions, false, "auto");
		}

		@Override
		public int service_ranking() {
			return 0;
		}

		@Override
		public String webconsole_configurationFactory_nameHint() {
			return "";
		}

		@Override
		public Class<? extends Annotation> annotationType() {
			return RuleConfig.class;
		}
	}

	@Test
	void matchesWhatItsExpressionSays() {
		Rule rule = rule(Settings.of("http_request.path.starts_with(\"/admin\")", "block"));
		assertTrue(rule.condition().test(new Request().path("/admin/x")));
		assertFalse(rule.condition().test(new Request().path("/")));
		assertEquals(List.of("block"), rule.actions());
		assertFalse(rule.logOnly());
	}

	@Test
	@Pingoo("config.rule-everything")
	void withoutExpressionItMatchesEverything() {
		assertSame(Condition.ALWAYS, rule(Settings.of(" ", "block")).condition());
	}

	@Test
	void protectiveRulesMatchWhenTheirEvaluationFails() {
		assertTrue(rule(Settings.of("", "block")).matchesOnError());
		assertTrue(rule(Settings.of("", "tag", "captcha")).matchesOnError());
		assertFalse(rule(Settings.of("", "tag")).matchesOnError());
		assertFalse(rule(new Settings("x", "", new String[] {"block"}, false, "skip")).matchesOnError());
		assertTrue(rule(new Settings("x", "", new String[] {"tag"}, false, "match")).matchesOnError());
	}

	@Test
	void aRuleCanBeLogOnly() {
		assertTrue(rule(new Settings("x", "", new String[] {"block"}, true, "auto")).logOnly());
	}

	@Test
	void aWrongRuleIsRefusedWithThePathOfWhatIsWrong() {
		assertRefused(
				"rules.admin.expression: unknown variable 'http_request.pth', did you mean 'path'? at 1:14",
				Settings.of("http_request.pth == \"/\"", "block"));
		assertRefused("rules.admin.actions: a rule needs an action, such as block", Settings.of("true", " "));
		assertRefused(
				"rules.admin.on_error: 'deny' is none of auto, match, skip",
				new Settings("admin", "true", new String[] {"block"}, false, "deny"));
	}

	@Test
	void aWrongChangeIsReportedAndTheRuleStaysAsItWas() {
		Rule rule = rule(Settings.of("http_request.path == \"/a\"", "block"));
		rule.change(Settings.of("http_request.path = \"/b\"", "block"));
		assertEquals(
				List.of(new Problem("rules.admin.expression", "unexpected '=', did you mean '=='? at 1:19")), runtime.problems());
		assertTrue(rule.condition().test(new Request().path("/a")));
		rule.change(Settings.of("http_request.path == \"/b\"", "block"));
		assertEquals(List.of(), runtime.problems());
		assertTrue(rule.condition().test(new Request().path("/b")));
	}

	@Test
	void aRuleThatGoesTakesItsProblemsAlong() {
		Rule rule = rule(Settings.of("true", "block"));
		rule.change(Settings.of("", ""));
		assertEquals(1, runtime.problems().size());
		rule.stop();
		assertEquals(List.of(), runtime.problems());
	}

	private void assertRefused(String problem, Settings settings) {
		IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> rule(settings));
		assertEquals(problem, e.getMessage());
		assertEquals(problem, runtime.problems().get(0).toString());
	}

	private Rule rule(Settings settings) {
		return new Rule(runtime, new Language(), settings);
	}
}
