package proxy.rules;

import org.osgi.service.component.annotations.Component;
import proxy.api.rule.Condition;
import proxy.api.rule.ExpressionException;
import proxy.api.rule.ExpressionLanguage;
import proxy.rules.compile.Compilation;

/** The expression language: Pingoo's, and what it lacks (docs/expressions.md). */
@Component(immediate = true)
public final class Language implements ExpressionLanguage {

	@Override
	public Condition compile(String expression) throws ExpressionException {
		return Compilation.condition(expression);
	}
}
