package proxy.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import proxy.api.rule.Condition;
import proxy.api.runtime.Problem;
import proxy.fixtures.Configuration;
import proxy.fixtures.Pingoo;
import proxy.fixtures.RecordedRuntime;

final class RuleTest {

	private final RecordedRuntime runtime = new RecordedRuntime();

	private static RuleConfig config(String expression, String... actions) {
		return Configuration.of(RuleConfig.class, Map.of("name", "admin", "expression", expression, "actions", actions));
	}

	private static RuleConfig with(String attribute, Object value, String... actions) {
		return Configuration.of(RuleConfig.class, Map.of("name", "admin", attribute, value, "actions", actions));
	}

	@Test
	void matchesWhatItsExpressionSays() {
		Rule rule = rule(config("http_request.path.starts_with(\"/admin\")", "block"));
		assertTrue(rule.condition().test(new Request().path("/admin/x")));
		assertFalse(rule.condition().test(new Request().path("/")));
		assertEquals(List.of("block"), rule.actions());
		assertFalse(rule.logOnly());
	}

	@Test
	@Pingoo("config.rule-everything")
	void withoutExpressionItMatchesEverything() {
		assertSame(Condition.ALWAYS, rule(config(" ", "block")).condition());
	}

	@Test
	void protectiveRulesMatchWhenTheirEvaluationFails() {
		assertTrue(rule(config("", "block")).matchesOnError());
		assertTrue(rule(config("", "tag", "captcha")).matchesOnError());
		assertFalse(rule(config("", "tag")).matchesOnError());
		assertFalse(rule(with("on_error", "skip", "block")).matchesOnError());
		assertTrue(rule(with("on_error", "match", "tag")).matchesOnError());
	}

	@Test
	void aRuleCanBeLogOnly() {
		assertTrue(rule(with("log_only", true, "block")).logOnly());
	}

	@Test
	void aWrongRuleIsRefusedWithThePathOfWhatIsWrong() {
		assertRefused(
				"rules.admin.expression: unknown variable 'http_request.pth', did you mean 'path'? at 1:14",
				config("http_request.pth == \"/\"", "block"));
		assertRefused("rules.admin.actions: a rule needs an action, such as block", config("true", " "));
		assertRefused(
				"rules.admin.on_error: 'deny' is none of auto, match, skip",
				with("on_error", "deny", "block"));
	}

	@Test
	void aWrongChangeIsReportedAndTheRuleStaysAsItWas() {
		Rule rule = rule(config("http_request.path == \"/a\"", "block"));
		rule.change(config("http_request.path = \"/b\"", "block"));
		assertEquals(
				List.of(new Problem("rules.admin.expression", "unexpected '=', did you mean '=='? at 1:19")), runtime.problems());
		assertTrue(rule.condition().test(new Request().path("/a")));
		rule.change(config("http_request.path == \"/b\"", "block"));
		assertEquals(List.of(), runtime.problems());
		assertTrue(rule.condition().test(new Request().path("/b")));
	}

	@Test
	void aRuleThatGoesTakesItsProblemsAlong() {
		Rule rule = rule(config("true", "block"));
		rule.change(config("", ""));
		assertEquals(1, runtime.problems().size());
		rule.stop();
		assertEquals(List.of(), runtime.problems());
	}

	private void assertRefused(String problem, RuleConfig settings) {
		IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> rule(settings));
		assertEquals(problem, e.getMessage());
		assertEquals(problem, runtime.problems().get(0).toString());
	}

	private Rule rule(RuleConfig settings) {
		return new Rule(runtime, new Language(), settings);
	}
}
