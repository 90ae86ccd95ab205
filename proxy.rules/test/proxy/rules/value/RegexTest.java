package proxy.rules.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.re2j.Pattern;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxy.api.rule.EvaluationException;

/** The search for literals against the general engine. */
final class RegexTest {

	private static final String[] PIECES = {
		"a", "b", "ab", "A", "k", "K", "\\.", "\\/", "x?", "(a|b)", "(?:ab|)", "(k|a(b|a)?)?", "^", "$", "|", "(", ")", ".", "*", "+",
		"[ab]", "\\d", "{2}", "?", "\\", "é"
	};
	private static final String[] LETTERS = {"a", "b", "A", "B", "k", "K", "x", ".", "/", "\n", "é", "\u212A", ""};

	private final Random random = new Random(11);

	@Test
	void literalsAreFoundWhereTheGeneralEngineFindsThem() {
		int literal = 0;
		for (int i = 0; i < 60_000; i++) {
			String pattern = (random.nextInt(3) == 0 ? "(?i)" : "") + some(PIECES, 6);
			Pattern general;
			try {
				general = Pattern.compile(pattern);
			} catch (RuntimeException wrong) {
				continue;
			}
			LiteralSearch search = LiteralPattern.parse(pattern);
			Regex regex = Regex.of(pattern);
			literal += search == null ? 0 : 1;
			for (int n = 0; n < 8; n++) {
				String text = some(LETTERS, 8);
				assertEquals(general.matcher(text).find(), regex.isIn(text), () -> pattern + " in " + text);
			}
		}
		assertTrue(literal > 5_000, "only " + literal + " literal patterns tried");
	}

	@ParameterizedTest
	@ValueSource(strings = {
		"(?i)curl|wget|python-requests", "^/(admin|wp-(admin|login))", "\\.php$", "^/robots\\.txt$", "bot", "^https?://", "",
		"^(GET|HEAD)$", "\\.(env|git)(/|\\?)?"
	})
	void whatOnlyStandsForTextsIsUnderstood(String pattern) {
		assertNotNull(LiteralPattern.parse(pattern));
	}

	@ParameterizedTest
	@ValueSource(strings = {"a*", "[ab]", "a.b", "\\d", "(^a|b)", "a$b", "(a", "(?m)^a$", "é", "a{2}", "a??", "(?P<n>a)"})
	void whatStandsForMoreIsLeftToTheGeneralEngine(String pattern) {
		assertNull(LiteralPattern.parse(pattern));
	}

	@Test
	void manyWordsThatShareBeginningsAndEndsAreFound() {
		Regex regex = Regex.of("she|he|hers|his|ushers!");
		assertTrue(regex.isIn("ushers") && regex.isIn("xhex") && regex.isIn("this"));
		assertEquals(false, regex.isIn("h s e hi ss"));
	}

	@Test
	void aTextOfAnyLengthTakesLinearTime() {
		Regex regex = Regex.of("(a|a)*b$");
		assertEquals(false, regex.isIn("a".repeat(100_000)));
	}

	@Test
	void veryLongPatternsAreRefused() {
		EvaluationException e = assertThrows(EvaluationException.class, () -> Regex.of("a".repeat(4_001)));
		assertEquals("a regular expression of 4001 characters is too long, 4000 are the most", e.getMessage());
	}

	@ParameterizedTest
	@ValueSource(strings = {
		"(((a{100}){100}){100}){100}", "((((\\w{1,1000}){0,1000}){10,}x)?){1000}", "([^]{]{100}[[:alpha:]()]{100}){1000}", "(\\Q({\\E{200}){200}",
		"(((a{0,10}){0,10}){0,10}){0,10}"
	})
	void repetitionsThatMultiplyAreRefusedBeforeTheyAreWrittenOut(String pattern) {
		EvaluationException e = assertThrows(EvaluationException.class, () -> Regex.of(pattern));
		assertTrue(e.getMessage().endsWith("is too large: written out, its repetitions take more than 10000 steps"), e.getMessage());
	}

	@Test
	void theSizeIsAboutThatOfTheProgram() {
		String[] pieces = {
			"a", "bc", "(", "(?:", ")", "{3}", "{2,5}", "{4,}", "{0}", "*", "?", "|", "\\{", "\\d", "[a{2}]", "[]{]", "[^\\]]", "[[:digit:]]",
			"\\x{41}", "\\pL", "\\p{Lu}", "\\Q(x{\\E", "{", "."
		};
		int compiled = 0;
		for (int i = 0; i < 60_000; i++) {
			String pattern = some(pieces, 12);
			int size;
			try {
				size = Pattern.compile(pattern).programSize();
			} catch (RuntimeException wrong) {
				continue;
			}
			compiled++;
			long estimate = RegexSize.of(pattern);
			assertTrue(size <= 3 * estimate + 10, () -> pattern + " has more than " + estimate);
			assertTrue(estimate <= 4L * size + 10 || pattern.contains("{0}"), () -> pattern + " has less than " + estimate);
		}
		assertTrue(compiled > 5_000, "only " + compiled + " patterns tried");
	}

	private String some(String[] pieces, int most) {
		StringBuilder text = new StringBuilder();
		for (int n = random.nextInt(most + 1); n > 0; n--) {
			text.append(pieces[random.nextInt(pieces.length)]);
		}
		return text.toString();
	}
}
