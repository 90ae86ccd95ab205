package proxy.rules.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ParserTest {

	@Test
	void operatorsGroupByHowTheyBind() {
		assertEquals("(or a (and b (== c (+ d (* e f)))))", shape("a || b && c == d + e * f"));
		assertEquals("(- (- a b) c)", shape("a - b - c"));
		assertEquals("(? a b (? c d e))", shape("a ? b : c ? d : e"));
		assertEquals("(+ (neg a) (neg (not b)))", shape("-a + -!b"));
		assertEquals("(== (not (call f a)) b)", shape("!a.f() == b"));
		assertEquals("(in a (index (member b c) d))", shape("a in b.c[d]"));
	}

	@Test
	void aLongChainIsOneNode() {
		String chain = "a" + " || a".repeat(5_000);
		assertEquals(5_001, assertInstanceOf(Expr.Or.class, Parser.parse(chain)).operands().size());
	}

	@ParameterizedTest
	@ValueSource(strings = {"(", "[", "!", "-", "a[", "a.f(", "{a: ", "a ? ", "a ? b : ", "a + ", "a == "})
	void deepNestingIsRefusedInsteadOfExhaustingTheStack(String opening) {
		SourceError e = assertThrows(SourceError.class, () -> Parser.parse(opening.repeat(100_000)));
		assertEquals("the expression is nested too deeply", e.getMessage());
	}

	@ParameterizedTest
	@ValueSource(strings = {".b", "[b]", ".f()", " + b", " == b"})
	void deepChainsAreRefusedInsteadOfExhaustingTheStack(String link) {
		SourceError e = assertThrows(SourceError.class, () -> Parser.parse("a" + link.repeat(100_000)));
		assertEquals("the expression is nested too deeply", e.getMessage());
	}

	@Test
	void noTextMakesItFailOtherwise() {
		String[] pieces = {
			"a", "1", "1.5", "\"s\"", "'", "\"", "\\", "b\"", "r'", "(", ")", "[", "]", "{", "}", ",", ":", "?", ".", "!", "-", "+",
			"==", "&&", "||", "in", "null", "`", "\n", "//", " ", "0x", "é", "\uD83D", "$", "f(", "9223372036854775808", "\"\"\""
		};
		Random random = new Random(3);
		for (int i = 0; i < 50_000; i++) {
			StringBuilder text = new StringBuilder();
			for (int n = random.nextInt(12); n >= 0; n--) {
				text.append(pieces[random.nextInt(pieces.length)]);
			}
			try {
				Parser.parse(text.toString());
			} catch (SourceError expected) {
				// the only way to fail
			}
		}
	}

	private static String shape(String source) {
		return shape(Parser.parse(source));
	}

	private static String shape(Expr expr) {
		if (expr instanceof Expr.Name name) {
			return name.name();
		} else if (expr instanceof Expr.Or or) {
			return all("or", or.operands().toArray(Expr[]::new));
		} else if (expr instanceof Expr.And and) {
			return all("and", and.operands().toArray(Expr[]::new));
		} else if (expr instanceof Expr.Binary binary) {
			return all(binary.operator().symbol(), binary.left(), binary.right());
		} else if (expr instanceof Expr.Conditional conditional) {
			return all("?", conditional.condition(), conditional.then(), conditional.otherwise());
		} else if (expr instanceof Expr.Not not) {
			return all("not", not.operand());
		} else if (expr instanceof Expr.Negate negate) {
			return all("neg", negate.operand());
		} else if (expr instanceof Expr.Call call) {
			return all("call " + call.function(), call.target());
		} else if (expr instanceof Expr.Index index) {
			return all("index", index.of(), index.key());
		} else if (expr instanceof Expr.Member member) {
			return all("member", member.of(), new Expr.Name(0, member.name()));
		}
		return expr.toString();
	}

	private static String all(String head, Expr... parts) {
		StringBuilder text = new StringBuilder("(" + head);
		for (Expr part : parts) {
			text.append(' ').append(shape(part));
		}
		return text.append(')').toString();
	}
}
