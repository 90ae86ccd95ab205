package proxy.captcha;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.jose4j.json.JsonUtil;
import org.junit.jupiter.api.Test;
import proxy.fixtures.Pingoo;

class KeySetTest {

	/** The key of RFC 8037, appendix A, in a file as Pingoo writes it. */
	static final String PINGOO = """
			{
			  "keys": [
			    {
			      "kid": "0199c1d2-7d5e-7c3a-9f5e-2b1c0d9e8f7a",
			      "use": "sig",
			      "alg": "EdDSA",
			      "kty": "OKP",
			      "crv": "Ed25519",
			      "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
			      "d": "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"
			    }
			  ]
			}""";

	@Test
	@Pingoo("captcha.keys")
	void readsPingoosFileAndSignsAsTheSpecificationSays() {
		KeySet keys = KeySet.parse(PINGOO);
		byte[] message = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc".getBytes(StandardCharsets.US_ASCII);
		byte[] signature = keys.signing().sign(message);
		assertEquals(
				"hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg",
				Base64.getUrlEncoder().withoutPadding().encodeToString(signature));
		assertTrue(keys.find("0199c1d2-7d5e-7c3a-9f5e-2b1c0d9e8f7a").verifies(message, signature));
		message[3]++;
		assertFalse(keys.signing().verifies(message, signature));
		assertFalse(keys.signing().verifies(message, new byte[5]));
		assertNull(keys.find("another"));
	}

	@Test
	void writesWhatItReads() {
		KeySet made = KeySet.generate();
		String json = new String(made.json(), StandardCharsets.UTF_8);
		KeySet read = KeySet.parse(json);
		assertEquals(json, new String(read.json(), StandardCharsets.UTF_8));
		assertEquals(made.signing().id(), read.signing().id());
		assertEquals(7, UUID.fromString(made.signing().id()).version());
		assertEquals(2, UUID.fromString(made.signing().id()).variant());
		assertNotEquals(made.signing().id(), KeySet.generate().signing().id());
	}

	@Test
	void saysWhatIsWrong() {
		Map<String, String> wrong = Map.of(
				"", "it is not JSON",
				"[]", "it is not JSON",
				"{\"keys\": 5}", "it has no list 'keys'",
				"{\"keys\": []}", "it holds no key",
				"{\"keys\": [5]}", "a key is no JSON object",
				PINGOO.replace("\"kid\"", "\"id\""), "a key has no kid",
				PINGOO.replace("EdDSA", "HS512"), "key 0199c1d2-7d5e-7c3a-9f5e-2b1c0d9e8f7a is not of kty OKP, crv Ed25519 and alg EdDSA",
				PINGOO.replace("\"d\"", "\"e\""), "'d' of key 0199c1d2-7d5e-7c3a-9f5e-2b1c0d9e8f7a is not base64url of 32 octets",
				PINGOO.replace("11qY", "22qY"), "x and d of key 0199c1d2-7d5e-7c3a-9f5e-2b1c0d9e8f7a do not belong together",
				twice(), "two keys have the kid 0199c1d2-7d5e-7c3a-9f5e-2b1c0d9e8f7a");
		wrong.forEach((json, reason) ->
				assertEquals(reason, assertThrows(IllegalArgumentException.class, () -> KeySet.parse(json), json).getMessage()));
	}

	private static String twice() {
		Map<String, Object> key = KeySet.parse(PINGOO).signing().jwk();
		return "{\"keys\": [" + JsonUtil.toJson(key) + "," + JsonUtil.toJson(key) + "]}";
	}
}
