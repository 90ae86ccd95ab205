package proxy.rules.compile;

import java.util.ArrayList;
import java.util.List;
import proxy.api.rule.EvaluationException;
import proxy.rules.node.AddressNode;
import proxy.rules.node.BoolNode;
import proxy.rules.node.Constant;
import proxy.rules.node.LookupNode;
import proxy.rules.node.NamedListNode;
import proxy.rules.node.Node;
import proxy.rules.node.RecordNode;
import proxy.rules.node.ValueNode;
import proxy.rules.syntax.Expr;
import proxy.rules.syntax.Operator;
import proxy.rules.syntax.SourceError;

/** Turns a tree into closures, from the leaves up. */
final class Compiler {

	private final Scope scope;

	Compiler(Scope scope) {
		this.scope = scope;
	}

	/** @throws SourceError when the expression cannot work */
	Node compile(Expr expr) {
		if (expr instanceof Expr.Literal literal) {
			return Constant.of(literal.value());
		} else if (expr instanceof Expr.Name name) {
			return variable(name);
		} else if (expr instanceof Expr.Member member) {
			Node of = compile(member.of());
			return folded(Access.member(of, member.name(), member.at()), member.at(), List.of(of));
		} else if (expr instanceof Expr.Index index) {
			Node of = compile(index.of());
			Node key = value(index.key());
			return folded(Access.index(of, key, index.at()), index.at(), List.of(of, key));
		} else if (expr instanceof Expr.Call call) {
			return call(call);
		} else if (expr instanceof Expr.Binary binary) {
			return binary(binary);
		}
		return logic(expr);
	}

	private Node logic(Expr expr) {
		if (expr instanceof Expr.And and) {
			List<BoolNode> operands = bools(and.operands(), "'&&'");
			return folded(Logic.and(operands), and.at(), operands);
		} else if (expr instanceof Expr.Or or) {
			List<BoolNode> operands = bools(or.operands(), "'||'");
			return folded(Logic.or(operands), or.at(), operands);
		} else if (expr instanceof Expr.Not not) {
			BoolNode operand = Coercion.bool(compile(not.operand()), "'!'", not.operand().at());
			return folded(Logic.not(operand), not.at(), List.of(operand));
		} else if (expr instanceof Expr.Conditional conditional) {
			BoolNode condition = Coercion.bool(compile(conditional.condition()), "'?'", conditional.condition().at());
			Node then = value(conditional.then());
			Node otherwise = value(conditional.otherwise());
			Node node = Logic.conditional(condition, then, otherwise);
			return folded(node, conditional.at(), List.of(condition, then, otherwise));
		} else if (expr instanceof Expr.Negate negate) {
			Node operand = compile(negate.operand());
			return folded(Calculation.negation(operand, negate.at()), negate.at(), List.of(operand));
		}
		return collection(expr);
	}

	private Node collection(Expr expr) {
		if (expr instanceof Expr.ListOf list) {
			Node[] elements = values(list.elements()).toArray(Node[]::new);
			return folded(Aggregates.list(elements), list.at(), List.of(elements));
		}
		Expr.MapOf map = (Expr.MapOf) expr;
		List<Node> keys = values(map.keys());
		for (int i = 0; i < keys.size(); i++) {
			Aggregates.requireKey(keys.get(i), map.keys().get(i).at());
		}
		List<Node> values = values(map.values());
		List<Node> all = new ArrayList<>(keys);
		all.addAll(values);
		return folded(Aggregates.map(keys.toArray(Node[]::new), values.toArray(Node[]::new)), map.at(), all);
	}

	private Node variable(Expr.Name name) {
		Node node = scope.find(name.name());
		if (node == null && Variables.OF_REQUESTS.contains(name.name())) {
			throw new SourceError(name.at(), "'" + name.name() + "' is of HTTP requests; of a connection there are "
					+ String.join(", ", scope.names()));
		}
		if (node == null) {
			throw new SourceError(name.at(), "unknown variable '" + name.name() + "'" + suggestion(name.name()));
		}
		return node;
	}

	/** Also finds the parts of variables: host is http_request.host. */
	private String suggestion(String written) {
		if (Functions.NAMES.contains(written)) {
			return ": it is a function, write " + written + "(...)";
		}
		List<String> names = new ArrayList<>(scope.names());
		for (String name : scope.names()) {
			if (scope.find(name) instanceof RecordNode record) {
				record.parts().keySet().forEach(part -> names.add(name + "." + part));
			}
		}
		return Suggestion.of(written, names);
	}

	private Node binary(Expr.Binary binary) {
		Node left = value(binary.left());
		Node right = binary.operator() == Operator.IN ? compile(binary.right()) : value(binary.right());
		return folded(binary(binary.operator(), left, right, binary.at()), binary.at(), List.of(left, right));
	}

	private static Node binary(Operator operator, Node left, Node right, int at) {
		if (operator == Operator.IN) {
			return Membership.of(right, left, at);
		} else if (operator == Operator.EQUAL) {
			return Equality.of(left, right, at);
		} else if (operator == Operator.NOT_EQUAL) {
			return Logic.not(Equality.of(left, right, at));
		} else if (operator.isOrdering()) {
			return Ordering.of(operator, left, right, at);
		}
		return Calculation.of(operator, left, right, at);
	}

	private Node call(Expr.Call call) {
		if (call.target() == null && call.function().equals("has")) {
			return has(call);
		} else if (call.target() != null && Macros.isIteration(call.function())) {
			return macro(call);
		}
		List<Expr> written = new ArrayList<>();
		if (call.target() != null) {
			written.add(call.target());
		}
		written.addAll(call.arguments());
		Function function = Functions.find(call.function(), written.size(), call.at());
		List<Node> nodes = new ArrayList<>();
		for (Expr argument : written) {
			nodes.add(nodes.isEmpty() && function.takesLookup() ? compile(argument) : value(argument));
		}
		List<Integer> places = written.stream().map(Expr::at).toList();
		Node node = function.body().compile(new Arguments(call.function(), call.at(), nodes, places));
		return function.pure() ? folded(node, call.at(), nodes) : node;
	}

	private Node has(Expr.Call call) {
		if (call.arguments().size() == 1 && call.arguments().get(0) instanceof Expr.Member member) {
			Node of = compile(member.of());
			return folded(Access.has(of, member.name()), call.at(), List.of(of));
		}
		throw new SourceError(call.at(), "has() asks for a part of something, write has(headers.referer)");
	}

	private Node macro(Expr.Call call) {
		String name = call.function();
		if (call.arguments().size() != 2) {
			throw new SourceError(call.at(), "wrong number of arguments, write list." + name + "(x, ...)");
		}
		if (!(call.arguments().get(0) instanceof Expr.Name variable)) {
			throw new SourceError(
					call.arguments().get(0).at(), "the first argument of " + name + "() is the name of its variable");
		}
		Node elements = compile(call.target());
		Expr body = call.arguments().get(1);
		int slot = scope.enter(variable.name(), Macros.elementType(elements, name, call.at()));
		Node macro = Macros.of(name, elements, slot, value(body), body.at());
		scope.leave();
		BoolNode search = networkSearch(elements, variable.name(), name, body);
		return search == null ? macro : search;
	}

	/** Pingoo's way to ask a list of networks, {@code lists["x"].any(n, n.contains(client.ip))}, is made quick; null for others. */
	private BoolNode networkSearch(Node elements, String variable, String macro, Expr body) {
		if (macro.equals("any")
				&& elements instanceof NamedListNode list
				&& body instanceof Expr.Call call
				&& call.function().equals("contains")
				&& call.target() instanceof Expr.Name name
				&& name.name().equals(variable)
				&& call.arguments().get(0) instanceof Expr.Member argument
				&& argument.of() instanceof Expr.Name owner
				&& !owner.name().equals(variable)
				&& compile(argument) instanceof AddressNode address) {
			return list.anyContains(address);
		}
		return null;
	}

	private List<BoolNode> bools(List<Expr> operands, String operator) {
		return operands.stream()
				.map(operand -> Coercion.bool(compile(operand), operator, operand.at()))
				.toList();
	}

	private List<Node> values(List<Expr> exprs) {
		return exprs.stream().map(this::value).toList();
	}

	/** A node that stands for a value of its own: headers alone is none. */
	Node value(Expr expr) {
		Node node = compile(expr);
		if (node instanceof LookupNode lookup) {
			throw new SourceError(expr.at(), "'" + lookup.name() + "' is no value, write " + lookup.name() + "[\"...\"]");
		}
		return node;
	}

	/** Computes now what no request can change; if that fails it would always fail. */
	private static Node folded(Node node, int at, List<? extends Node> inputs) {
		if (inputs.isEmpty() && !(node instanceof ValueNode) || !inputs.stream().allMatch(Node::isConstant)) {
			return node;
		}
		try {
			return Constant.of(node.value(null, null));
		} catch (EvaluationException e) {
			throw new SourceError(at, e.getMessage());
		}
	}
}
