package proxy.rules.compile;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import proxy.rules.syntax.Expr;
import proxy.rules.syntax.Operator;

/**
 * Finds the hosts outside of which an expression is never true: {@code http_request.host == "a"}, {@code host in ["a", "b"]},
 * alone, as one operand of {@code &&}, or as every operand of {@code ||}.
 */
final class HostBound {

	private HostBound() {}

	/** @return empty when there is no such bound, or none that is seen */
	static Optional<Set<String>> of(Expr expr) {
		if (expr instanceof Expr.Binary binary) {
			return comparison(binary);
		} else if (expr instanceof Expr.Call call
				&& call.function().equals("contains")
				&& call.arguments().size() == 1
				&& isHost(call.arguments().get(0))) {
			return words(call.target());
		} else if (expr instanceof Expr.And and) {
			return all(and.operands());
		} else if (expr instanceof Expr.Or or) {
			return any(or.operands());
		}
		return Optional.empty();
	}

	private static Optional<Set<String>> comparison(Expr.Binary binary) {
		if (binary.operator() == Operator.EQUAL) {
			return isHost(binary.left())
					? word(binary.right())
					: isHost(binary.right()) ? word(binary.left()) : Optional.empty();
		}
		return binary.operator() == Operator.IN && isHost(binary.left()) ? words(binary.right()) : Optional.empty();
	}

	private static boolean isHost(Expr expr) {
		return expr instanceof Expr.Member member
				&& member.name().equals("host")
				&& member.of() instanceof Expr.Name name
				&& name.name().equals("http_request");
	}

	private static Optional<Set<String>> word(Expr expr) {
		return expr instanceof Expr.Literal literal && literal.value() instanceof String text
				? Optional.of(Set.of(text))
				: Optional.empty();
	}

	private static Optional<Set<String>> words(Expr expr) {
		return expr instanceof Expr.ListOf list ? union(list.elements().stream().map(HostBound::word).toList()) : Optional.empty();
	}

	/** Of operands that all have to be true the narrowest bound will do. */
	private static Optional<Set<String>> all(List<Expr> operands) {
		return operands.stream()
				.map(HostBound::of)
				.flatMap(Optional::stream)
				.reduce((a, b) -> a.size() <= b.size() ? a : b);
	}

	private static Optional<Set<String>> any(List<Expr> operands) {
		return union(operands.stream().map(HostBound::of).toList());
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
