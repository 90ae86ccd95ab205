package proxy.core.gateway;

import java.util.HashMap;
import java.util.Map;
import proxy.api.rule.Condition;
import proxy.api.rule.ExpressionException;
import proxy.api.rule.ExpressionLanguage;

/** Compiles routes, each once for as long as the language stays the same. */
final class Conditions {

	private final Map<String, Condition> compiled = new HashMap<>();
	private ExpressionLanguage language;

	/** @param next the language in force, or null when it is gone: what it has compiled goes on */
	void language(ExpressionLanguage next) {
		if (next != null && next != language) {
			language = next;
			compiled.clear();
		}
	}

	/**
	 * @return the condition
	 * @throws ExpressionException when the expression is wrong, or there is no language to compile it
	 */
	Condition of(String expression) throws ExpressionException {
		if (expression.isBlank()) {
			return Condition.ALWAYS;
		}
		Condition known = compiled.get(expression);
		if (known == null) {
			if (language == null) {
				throw new ExpressionException(1, 1, "no expression language is installed (bundle proxy.rules)");
			}
			known = language.compile(expression);
			compiled.put(expression, known);
		}
		return known;
	}
}
