package proxy.captcha;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import proxy.fixtures.Pingoo;

class SolutionTest {

	/** SHA-256 of "abc" is the specification's first example. */
	private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

	@Test
	@Pingoo("captcha.verify")
	void isRightWhenTheHashIsAndBeginsWithEnoughZeros() {
		assertNull(new Challenge("ab", 0, "id", 0).fault(new Solution(ABC, "c")));
		assertNull(new Challenge("", 0, "id", 0).fault(new Solution(ABC.toUpperCase(), "abc")));
		assertEquals("the hash begins with 0 zeros instead of 1", new Challenge("ab", 1, "id", 0).fault(new Solution(ABC, "c")));
		assertEquals("the hash is not that of the challenge and the nonce",
				new Challenge("ab", 0, "id", 0).fault(new Solution("0".repeat(64), "c")));
	}

	@Test
	void hashesTheNulOfAPingooChallengeToo() {
		// printf 'a\0b' | sha256sum
		assertNull(new Challenge("a\0", 0, "id", 0).fault(
				new Solution("59b271ae1bbcb1d31d41929817f4b16fb439eb4f31520b5ad1d5ce98920a7138", "b")));
	}

	@Test
	void saysWhatIsWrongWithTheContent() {
		Map<String, String> wrong = Map.of(
				"", "the content is not a JSON object",
				"[]", "the content is not a JSON object",
				"5", "the content is not a JSON object",
				"null", "the content is not a JSON object",
				"[".repeat(4000), "the content is not a JSON object",
				"{}", "'hash' is not 64 hexadecimal digits",
				"{\"hash\":5,\"nonce\":\"1\"}", "'hash' is not 64 hexadecimal digits",
				"{\"hash\":\"" + "g".repeat(64) + "\",\"nonce\":\"1\"}", "'hash' is not 64 hexadecimal digits",
				"{\"hash\":\"" + ABC + "\",\"nonce\":1}", "'nonce' is not a text");
		wrong.forEach((json, reason) ->
				assertEquals(reason, assertThrows(IllegalArgumentException.class, () -> Solution.parse(json), json).getMessage()));
	}
}
