package proxy.rules.compile;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import proxy.rules.syntax.Expr;
import proxy.rules.syntax.Operator;

/**
 * Finds the values of a part of the request, or their beginnings, outside of which an expression is never true:
 * {@code http_request.host == "a"}, {@code http_request.host in ["a", "b"]}, {@code http_request.path.starts_with("/a")},
 * alone, as one operand of {@code &&}, or as every operand of {@code ||}. Empty when there is no such bound, or none that is
 * seen.
 *
 * @param part its name in http_request
 * @param beginnings whether beginnings are looked for, of which a whole value is one
 */
record Bound(String part, boolean beginnings) {

	static Optional<Set<String>> hosts(Expr expr) {
		return new Bound("host", false).of(expr);
	}

	static Optional<Set<String>> pathPrefixes(Expr expr) {
		return new Bound("path", true).of(expr);
	}

	private Optional<Set<String>> of(Expr expr) {
		if (expr instanceof Expr.Binary binary) {
			return comparison(binary);
		} else if (expr instanceof Expr.Call call && call.arguments().size() == 1) {
			return call(call.target(), call.function(), call.arguments().get(0));
		} else if (expr instanceof Expr.And and) {
			return all(and.operands());
		} else if (expr instanceof Expr.Or or) {
			return union(or.operands().stream().map(this::of).toList());
		}
		return Optional.empty();
	}

	private Optional<Set<String>> comparison(Expr.Binary binary) {
		if (binary.operator() == Operator.EQUAL) {
			return isPart(binary.left())
					? word(binary.right())
					: isPart(binary.right()) ? word(binary.left()) : Optional.empty();
		}
		return binary.operator() == Operator.IN && isPart(binary.left()) ? words(binary.right()) : Optional.empty();
	}

	private Optional<Set<String>> call(Expr target, String function, Expr argument) {
		if (function.equals("contains") && isPart(argument)) {
			return words(target);
		}
		return beginnings && function.equals("starts_with") && isPart(target) ? word(argument) : Optional.empty();
	}

	private boolean isPart(Expr expr) {
		return expr instanceof Expr.Member member
				&& member.name().equals(part)
				&& member.of() instanceof Expr.Name name
				&& name.name().equals("http_request");
	}

	private static Optional<Set<String>> word(Expr expr) {
		return expr instanceof Expr.Literal literal && literal.value() instanceof String text
				? Optional.of(Set.of(text))
				: Optional.empty();
	}

	private static Optional<Set<String>> words(Expr expr) {
		return expr instanceof Expr.ListOf list ? union(list.elements().stream().map(Bound::word).toList()) : Optional.empty();
	}

	/** Of operands that all have to be true the narrowest bound will do. */
	private Optional<Set<String>> all(List<Expr> operands) {
		return operands.stream().map(this::of).flatMap(Optional::stream).reduce((a, b) -> a.size() <= b.size() ? a : b);
	}

	private static Optional<Set<String>> union(List<Optional<Set<String>>> bounds) {
		if (!bounds.stream().allMatch(Optional::isPresent)) {
			return Optional.empty();
		}
		Set<String> all = new HashSet<>();
		bounds.forEach(bound -> all.addAll(bound.get()));
		return Optional.of(Set.copyOf(all));
	}
}
