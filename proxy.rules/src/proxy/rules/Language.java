package proxy.rules;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import proxy.api.rule.Condition;
import proxy.api.rule.ExpressionException;
import proxy.api.rule.ExpressionLanguage;
import proxy.rules.compile.Compilation;
import proxy.rules.lists.FileList;
import proxy.rules.lists.ListDirectory;
import proxy.rules.node.ListsNode;

/** The expression language: Pingoo's, and what it lacks (docs/expressions.md). */
@Component(immediate = true)
public final class Language implements ExpressionLanguage {

	private final ListDirectory lists;
	private final ExpressionLanguage forConnections = new OfConnections();

	/** With lists that never come, to check expressions without a framework. */
	public Language() {
		this(new ListDirectory());
	}

	@Activate
	public Language(@Reference ListDirectory lists) {
		this.lists = lists;
	}

	@Override
	public Condition compile(String expression) throws ExpressionException {
		return Compilation.condition(expression, new ListsNode(lists, null));
	}

	@Override
	public Condition compile(String expression, Set<String> listNames) throws ExpressionException {
		return Compilation.condition(expression, new ListsNode(lists, Set.copyOf(listNames)));
	}

	@Override
	public Optional<String> wrongWithList(String type, Path file) {
		return FileList.wrongWith(type, file);
	}

	@Override
	public ExpressionLanguage forConnections() {
		return forConnections;
	}

	/** Without what only requests have. */
	private final class OfConnections implements ExpressionLanguage {

		@Override
		public Condition compile(String expression) throws ExpressionException {
			return Compilation.ofConnections(expression, new ListsNode(lists, null));
		}

		@Override
		public Condition compile(String expression, Set<String> listNames) throws ExpressionException {
			return Compilation.ofConnections(expression, new ListsNode(lists, Set.copyOf(listNames)));
		}
	}
}
