package proxy.rules.compile;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import proxy.api.rule.Condition;
import proxy.api.rule.ExpressionException;
import proxy.api.rule.Remark;
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
			return compilation.condition(Bound.hosts(expr), Bound.pathPrefixes(expr), remarks(source, expr));
		} catch (SourceError e) {
			throw e.in(source);
		}
	}

	private static Compilation of(Expr expr, Map<String, Node> variables) {
		Scope scope = new Scope(variables);
		Node root = new Compiler(scope).value(expr);
		return new Compilation(root, scope.slots());
	}

	private static List<Remark> remarks(String source, Expr expr) {
		return NeverTrue.in(expr).stream()
				.map(place -> place.in(source))
				.map(place -> new Remark(place.line(), place.column(), place.getMessage()))
				.toList();
	}

	private Condition condition(Optional<Set<String>> hosts, Optional<Set<String>> pathPrefixes, List<Remark> remarks) {
		Condition plain;
		if (root instanceof BoolNode bool) {
			plain = slots == 0 ? facts -> bool.test(facts, NO_LOCALS) : facts -> bool.test(facts, locals());
		} else {
			plain = facts -> Boolean.TRUE.equals(root.value(facts, locals()));
		}
		return hosts.isEmpty() && pathPrefixes.isEmpty() && remarks.isEmpty()
				? plain
				: new DescribedCondition(plain, hosts, pathPrefixes, remarks);
	}

	/** A condition that knows which hosts or paths it is about, and what is odd about it. */
	private record DescribedCondition(
			Condition test, Optional<Set<String>> hosts, Optional<Set<String>> pathPrefixes, List<Remark> remarks)
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
