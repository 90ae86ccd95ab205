package proxy.rules.syntax;

import java.util.ArrayList;
import java.util.List;
import proxy.rules.syntax.Token.Kind;

/** A Pratt parser: reads an operand, then goes on as long as operators bind tighter than the one it was called from. */
public final class Parser {

	/** Deeper nesting is refused, so that no expression can exhaust a stack. */
	private static final int MAX_DEPTH = 200;

	private static final int LOOSEST = 0;

	private final Lexer lexer;
	private Token token;
	private int depth;

	private Parser(String source) {
		lexer = new Lexer(source);
		token = lexer.next();
	}

	/** @throws SourceError when the text is no expression */
	public static Expr parse(String source) {
		Parser parser = new Parser(source);
		if (parser.token.kind() == Kind.END) {
			throw new SourceError(0, "the expression is empty");
		}
		Expr expr = parser.expression(LOOSEST);
		parser.expect(Kind.END);
		return expr;
	}

	private Expr expression(int looserThan) {
		descend();
		int outer = depth;
		Expr left = operand();
		while (Binding.of(token.kind()) > looserThan) {
			left = extend(left);
			descend(); // a chain of operators is a deep tree, too
		}
		depth = outer - 1;
		return left;
	}

	private void descend() {
		if (++depth > MAX_DEPTH) {
			throw new SourceError(token.at(), "the expression is nested too deeply");
		}
	}

	private Expr extend(Expr left) {
		Token operator = token;
		switch (operator.kind()) {
			case QUESTION:
				return conditional(left);
			case OR:
				return new Expr.Or(operator.at(), chain(left, Kind.OR));
			case AND:
				return new Expr.And(operator.at(), chain(left, Kind.AND));
			default:
				advance();
				Expr right = expression(Binding.of(operator.kind()));
				return new Expr.Binary(operator.at(), Binding.operator(operator.kind()), left, right);
		}
	}

	private List<Expr> chain(Expr first, Kind operator) {
		List<Expr> operands = new ArrayList<>(List.of(first));
		while (accept(operator)) {
			operands.add(expression(Binding.of(operator)));
		}
		return operands;
	}

	private Expr conditional(Expr condition) {
		int at = advance().at();
		Expr then = expression(LOOSEST);
		expect(Kind.COLON);
		return new Expr.Conditional(at, condition, then, expression(LOOSEST));
	}

	private Expr operand() {
		if (token.kind() == Kind.NOT) {
			return new Expr.Not(advance().at(), expression(Binding.UNARY));
		}
		if (token.kind() == Kind.MINUS) {
			return minus(advance());
		}
		refuseLoneMinimum();
		return postfix(primary());
	}

	private Expr minus(Token minus) {
		if (token.kind() == Kind.LITERAL && token.value() instanceof Long number) {
			advance();
			return postfix(new Expr.Literal(minus.at(), -number));
		}
		if (token.kind() == Kind.LITERAL && token.value() instanceof Double number) {
			advance();
			return postfix(new Expr.Literal(minus.at(), -number));
		}
		return new Expr.Negate(minus.at(), expression(Binding.UNARY));
	}

	private void refuseLoneMinimum() {
		if (token.value() instanceof Long number && number == Long.MIN_VALUE) {
			throw new SourceError(token.at(), "the integer 9223372036854775808 is out of range");
		}
	}

	private Expr postfix(Expr start) {
		Expr expr = start;
		int outer = depth;
		while (true) {
			if (token.kind() == Kind.DOT) {
				expr = member(expr);
			} else if (token.kind() == Kind.LEFT_BRACKET) {
				int at = advance().at();
				refuseOptional();
				expr = new Expr.Index(at, expr, expression(LOOSEST));
				expect(Kind.RIGHT_BRACKET);
			} else {
				depth = outer;
				return expr;
			}
			descend();
		}
	}

	private Expr member(Expr of) {
		advance();
		refuseOptional();
		if (token.kind() == Kind.QUOTED_NAME) {
			return new Expr.Member(token.at(), of, (String) advance().value());
		}
		Token name = expect(Kind.NAME);
		if (accept(Kind.LEFT_PARENTHESIS)) {
			return new Expr.Call(name.at(), of, (String) name.value(), list(Kind.RIGHT_PARENTHESIS, false));
		}
		return new Expr.Member(name.at(), of, (String) name.value());
	}

	private Expr primary() {
		Token start = advance();
		switch (start.kind()) {
			case LITERAL:
				return new Expr.Literal(start.at(), start.value());
			case TRUE:
				return new Expr.Literal(start.at(), Boolean.TRUE);
			case FALSE:
				return new Expr.Literal(start.at(), Boolean.FALSE);
			case NULL:
				return new Expr.Literal(start.at(), null);
			case NAME:
				return nameOrCall(start);
			case LEFT_PARENTHESIS:
				Expr inner = expression(LOOSEST);
				expect(Kind.RIGHT_PARENTHESIS);
				return inner;
			case LEFT_BRACKET:
				return new Expr.ListOf(start.at(), list(Kind.RIGHT_BRACKET, true));
			case LEFT_BRACE:
				return map(start);
			default:
				throw unexpected(start, "a value");
		}
	}

	private Expr nameOrCall(Token name) {
		if (accept(Kind.LEFT_PARENTHESIS)) {
			return new Expr.Call(name.at(), null, (String) name.value(), list(Kind.RIGHT_PARENTHESIS, false));
		}
		if (token.kind() == Kind.LEFT_BRACE) {
			throw new SourceError(token.at(), "structures are not supported: a map is written {key: value}");
		}
		return new Expr.Name(name.at(), (String) name.value());
	}

	private List<Expr> list(Kind close, boolean trailingComma) {
		List<Expr> elements = new ArrayList<>();
		if (accept(close)) {
			return elements;
		}
		do {
			if (trailingComma && token.kind() == close) {
				break;
			}
			refuseOptional();
			elements.add(expression(LOOSEST));
		} while (accept(Kind.COMMA));
		expect(close);
		return elements;
	}

	private Expr map(Token brace) {
		List<Expr> keys = new ArrayList<>();
		List<Expr> values = new ArrayList<>();
		while (token.kind() != Kind.RIGHT_BRACE) {
			refuseOptional();
			keys.add(expression(LOOSEST));
			expect(Kind.COLON);
			values.add(expression(LOOSEST));
			if (!accept(Kind.COMMA)) {
				break;
			}
		}
		expect(Kind.RIGHT_BRACE);
		return new Expr.MapOf(brace.at(), keys, values);
	}

	private void refuseOptional() {
		if (token.kind() == Kind.QUESTION) {
			throw new SourceError(token.at(), "optional access with '?' is not supported");
		}
	}

	private boolean accept(Kind kind) {
		if (token.kind() != kind) {
			return false;
		}
		advance();
		return true;
	}

	private Token expect(Kind kind) {
		if (token.kind() != kind) {
			throw unexpected(token, kind == Kind.END ? "an operator" : kind.toString());
		}
		return kind == Kind.END ? token : advance();
	}

	private SourceError unexpected(Token found, String expected) {
		String what = found.kind() == Kind.NAME ? "'" + found.value() + "'" : found.kind().toString();
		return new SourceError(found.at(), "expected " + expected + " but found " + what + meant(found));
	}

	/** For operators that are words elsewhere. */
	private static String meant(Token found) {
		String word = found.kind() == Kind.NAME ? (String) found.value() : "";
		return switch (word) {
			case "and", "AND" -> ", did you mean '&&'?";
			case "or", "OR" -> ", did you mean '||'?";
			case "contains", "starts_with", "ends_with", "matches" -> ": it is a function, write a." + word + "(b)";
			default -> "";
		};
	}

	private Token advance() {
		Token passed = token;
		token = lexer.next();
		return passed;
	}
}
