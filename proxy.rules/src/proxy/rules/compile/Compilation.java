package proxy.rules.compile;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import proxy.api.rule.Condition;
import proxy.api.rule.ExpressionException;
import proxy.api.rule.RequestFacts;
import proxy.rules.node.BoolNode;
import proxy.rules.node.ListsNode;
import proxy.rules.node.Node;
import proxy.rules.syntax.Expr;
import proxy.rules.syntax.Parser;
import proxy.rules.syntax.SourceError;
import proxy.rules.value.Type;

/**
 * A compiled expression.
 *
 * @param slots how many variables its macros have
 */
public record Compilation(Node root, int slots) {

	private static final Object[] NO_LOCALS = {};

	/** Compiles an expression of any type. */
	public static Compilation of(String source, ListsNode lists) throws ExpressionException {
		try {
			return of(Parser.parse(source), Variables.all(lists));
		} catch (SourceError e) {
			throw e.in(source);
		}
	}

	/** Compiles an expression that says yes or no. */
	public static Condition condition(String source, ListsNode lists) throws ExpressionException {
		return condition(source, Variables.all(lists));
	}

	/** Compiles an expression that says yes or no of a connection that is not of HTTP. */
	public static Condition ofConnections(String source, ListsNode lists) throws ExpressionException {
		return condition(source, Variables.ofConnections(lists));
	}

	private static Condition condition(String source, Map<String, Node> variables) throws ExpressionException {
		try {
			Expr expr = Parser.parse(source);
			Compilation compilation = of(expr, variables);
			Type type = compilation.root.type();
			if (!type.mayBe(Type.BOOL)) {
				throw new SourceError(expr.at(), "a condition needs a Bool, but this is " + type.one());
			}
			return compilation.condition(Bound.hosts(expr), Bound.pathPrefixes(expr));
		} catch (SourceError e) {
			throw e.in(source);
		}
	}

	private static Compilation of(Expr expr, Map<String, Node> variables) {
		Scope scope = new Scope(variables);
		Node root = new Compiler(scope).value(expr);
		return new Compilation(root, scope.slots());
	}

	private Condition condition(Optional<Set<String>> hosts, Optional<Set<String>> pathPrefixes) {
		Condition plain;
		if (root instanceof BoolNode bool) {
			plain = slots == 0 ? facts -> bool.test(facts, NO_LOCALS) : facts -> bool.test(facts, locals());
		} else {
			plain = facts -> Boolean.TRUE.equals(root.value(facts, locals()));
		}
		return hosts.isEmpty() && pathPrefixes.isEmpty() ? plain : new BoundCondition(plain, hosts, pathPrefixes);
	}

	/** A condition that knows which hosts or paths it is about. */
	private record BoundCondition(Condition test, Optional<Set<String>> hosts, Optional<Set<String>> pathPrefixes)
			implements Condition {

		@Override
		public boolean test(RequestFacts facts) {
			return test.test(facts);
		}
	}

	/** New ones for every evaluation: threads share nothing. */
	public Object[] locals() {
		return slots == 0 ? NO_LOCALS : new Object[slots];
	}
}
