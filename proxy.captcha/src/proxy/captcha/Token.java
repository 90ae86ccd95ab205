package proxy.captcha;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;

/** A JWT (RFC 7519) with the members that Pingoo's have. Its claims are to be believed only after {@link #signedBy}. */
final class Token {

	private static final String PARTY = "pingoo";
	/** How much the clocks of two gateways with the same keys may differ. */
	static final long DRIFT_SECONDS = 5;
	private static final int LONGEST = 2048;

	private final String keyId;
	private final Map<String, Object> claims;
	private final byte[] signed;
	private final byte[] signature;

	private Token(String keyId, Map<String, Object> claims, byte[] signed, byte[] signature) {
		this.keyId = keyId;
		this.claims = claims;
		this.signed = signed;
		this.signature = signature;
	}

	/** A signed token with these claims and those that every token has. */
	static String issue(Key key, Map<String, Object> own, String subject, long now, long expires) {
		Map<String, Object> header = new LinkedHashMap<>();
		header.put("typ", "JWT");
		header.put("alg", "EdDSA");
		header.put("kid", key.id());
		Map<String, Object> claims = new LinkedHashMap<>(own);
		claims.put("iss", PARTY);
		claims.put("sub", subject);
		claims.put("aud", PARTY);
		claims.put("exp", expires);
		claims.put("nbf", now);
		claims.put("iat", now);
		claims.put("jti", Key.newId());
		String signed = encode(json(header)) + "." + encode(json(claims));
		return signed + "." + encode(key.sign(signed.getBytes(StandardCharsets.US_ASCII)));
	}

	/** @return null when it is none */
	static Token parse(String text) {
		int first = text.indexOf('.');
		int second = text.indexOf('.', first + 1);
		if (text.length() > LONGEST || first < 0 || second < 0 || text.indexOf('.', second + 1) >= 0) {
			return null;
		}
		try {
			Map<String, Object> header = members(text.substring(0, first));
			if (!"EdDSA".equals(header.get("alg")) || !(header.get("kid") instanceof String id)) {
				return null;
			}
			return new Token(
					id,
					members(text.substring(first + 1, second)),
					text.substring(0, second).getBytes(StandardCharsets.ISO_8859_1),
					Base64.getUrlDecoder().decode(text.substring(second + 1)));
		} catch (IllegalArgumentException | JoseException malformed) {
			return null;
		}
	}

	private static Map<String, Object> members(String part) throws JoseException {
		return JsonUtil.parseJson(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
	}

	private static byte[] json(Map<String, Object> members) {
		return JsonUtil.toJson(members).getBytes(StandardCharsets.UTF_8);
	}

	private static String encode(byte[] octets) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
	}

	boolean signedBy(KeySet keys) {
		Key key = keys.find(keyId);
		return key != null && key.verifies(signed, signature);
	}

	/** Whether it says that it was made by us, for us, for this client, and for now. */
	boolean isFor(String subject, long now) {
		return PARTY.equals(claims.get("iss"))
				&& PARTY.equals(claims.get("aud"))
				&& subject.equals(claims.get("sub"))
				&& claims.get("nbf") instanceof Long notBefore
				&& notBefore <= now + DRIFT_SECONDS
				&& claims.get("exp") instanceof Long
				&& expires() >= now - DRIFT_SECONDS;
	}

	/** In seconds since 1970. */
	long expires() {
		return (Long) claims.get("exp");
	}

	Object claim(String name) {
		return claims.get(name);
	}
}
