package proxy.captcha;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import proxy.fixtures.Pingoo;

/** Tokens, against another implementation of them. */
class TokenTest {

	private static final String CLIENT = "a".repeat(43) + "\0";
	private static final long NOW = 1_750_000_000;

	private final KeySet keys = KeySet.parse(KeySetTest.PINGOO);

	@Test
	@Pingoo("captcha.tokens")
	void othersReadOurs() throws Exception {
		long now = System.currentTimeMillis() / 1000;
		String token = Token.issue(keys.signing(), Map.of("challenge_passed", true), CLIENT, now, now + 600);
		JwtClaims claims = new JwtConsumerBuilder()
				.setVerificationKey(theirs().getPublicKey())
				.setExpectedIssuer("pingoo")
				.setExpectedAudience("pingoo")
				.setRequireExpirationTime()
				.setRequireIssuedAt()
				.setRequireNotBefore()
				.setRequireJwtId()
				.build()
				.processToClaims(token);
		assertEquals(CLIENT, claims.getSubject());
		assertEquals(Boolean.TRUE, claims.getClaimValue("challenge_passed"));
		assertEquals(now + 600, claims.getExpirationTime().getValue());
		JsonWebSignature signature = new JsonWebSignature();
		signature.setCompactSerialization(token);
		assertEquals("{\"typ\":\"JWT\",\"alg\":\"EdDSA\",\"kid\":\"" + keys.signing().id() + "\"}", signature.getHeaders().getFullHeaderAsJsonString());
	}

	@Test
	@Pingoo("captcha.tokens")
	void weReadOthers() throws JoseException {
		Token token = Token.parse(theirs(claims("exp", NOW + 10)));
		assertTrue(token.signedBy(keys));
		assertTrue(token.isFor(CLIENT, NOW));
		assertEquals(NOW + 10, token.expires());
		assertEquals("abc", token.claim("challenge"));
		assertFalse(token.signedBy(KeySet.generate()));
	}

	@Test
	void aTokenIsForOneClientAndOneTime() throws JoseException {
		assertFalse(Token.parse(theirs(claims("iss", "somebody"))).isFor(CLIENT, NOW));
		assertFalse(Token.parse(theirs(claims("aud", "somebody"))).isFor(CLIENT, NOW));
		assertFalse(Token.parse(theirs(claims("sub", "somebody"))).isFor(CLIENT, NOW));
		assertFalse(Token.parse(theirs(claims("exp", "soon"))).isFor(CLIENT, NOW));
		assertTrue(Token.parse(theirs(claims("exp", NOW - 5))).isFor(CLIENT, NOW));
		assertFalse(Token.parse(theirs(claims("exp", NOW - 6))).isFor(CLIENT, NOW));
		assertTrue(Token.parse(theirs(claims("nbf", NOW + 5))).isFor(CLIENT, NOW));
		assertFalse(Token.parse(theirs(claims("nbf", NOW + 6))).isFor(CLIENT, NOW));
	}

	@Test
	void whatIsNoTokenOfOursIsNone() throws JoseException {
		String good = theirs(claims("exp", NOW));
		assertNotNull(Token.parse(good));
		List<String> wrong = List.of(
				"", ".", "..", "...", "a.b.c", good + ".", good.substring(good.indexOf('.')), "é" + good, good + "=",
				"eyJhbGciOiJub25lIn0" + good.substring(good.indexOf('.')), // {"alg":"none"}
				"W10" + good.substring(good.indexOf('.')), // []
				"a".repeat(5000));
		wrong.forEach(token -> assertNull(Token.parse(token), token));
		assertFalse(Token.parse(good.substring(0, good.length() - 4)).signedBy(keys));
	}

	private static String theirs(String claims) throws JoseException {
		OctetKeyPairJsonWebKey key = theirs();
		JsonWebSignature signature = new JsonWebSignature();
		signature.setAlgorithmHeaderValue("EdDSA");
		signature.setKeyIdHeaderValue(key.getKeyId());
		signature.setHeader("typ", "JWT");
		signature.setKey(key.getPrivateKey());
		signature.setPayload(claims);
		return signature.getCompactSerialization();
	}

	private static OctetKeyPairJsonWebKey theirs() throws JoseException {
		return (OctetKeyPairJsonWebKey) new JsonWebKeySet(KeySetTest.PINGOO).getJsonWebKeys().get(0);
	}

	private static String claims(String changed, Object value) {
		JwtClaims claims = new JwtClaims();
		claims.setClaim("challenge", "abc");
		claims.setClaim("iss", "pingoo");
		claims.setClaim("sub", CLIENT);
		claims.setClaim("aud", "pingoo");
		claims.setClaim("exp", NOW + 600);
		claims.setClaim("nbf", NOW);
		claims.setClaim("jti", "id");
		claims.setClaim(changed, value);
		return claims.toJson();
	}
}
