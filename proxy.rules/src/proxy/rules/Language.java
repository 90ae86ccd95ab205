package proxy.rules;

import java.util.Set;
import org.osgi.service.component.annotations.Component;
import proxy.api.rule.Condition;
import proxy.api.rule.ExpressionException;
import proxy.api.rule.ExpressionLanguage;
import proxy.rules.compile.Compilation;
import proxy.rules.lists.ListDirectory;
import proxy.rules.node.ListsNode;

/** The expression language: Pingoo's, and what it lacks (docs/expressions.md). */
@Component(service = {ExpressionLanguage.class, Language.class}, immediate = true)
public final class Language implements ExpressionLanguage {

	private final ListDirectory lists = new ListDirectory();

	@Override
	public Condition compile(String expression) throws ExpressionException {
		return Compilation.condition(expression, new ListsNode(lists, null));
	}

	@Override
	public Condition compile(String expression, Set<String> listNames) throws ExpressionException {
		return Compilation.condition(expression, new ListsNode(lists, Set.copyOf(listNames)));
	}

	/** Where lists put what they hold. */
	public ListDirectory lists() {
		return lists;
	}
}
