package proxy.test;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import proxy.fixtures.Json;

/** Cookies in Pingoo's way, made and checked with the JDK alone. The key is that of RFC 8037, appendix A. */
final class PingooToken {

	static final String KEY_ID = "0199c1d2-7d5e-7c3a-9f5e-2b1c0d9e8f7a";
	private static final String X = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
	private static final String D = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";
	/** As Pingoo writes {@code captcha_jwks.json}. */
	static final String KEYS = """
			{
			  "keys": [
			    {
			      "kid": "%s",
			      "use": "sig",
			      "alg": "EdDSA",
			      "kty": "OKP",
			      "crv": "Ed25519",
			      "x": "%s",
			      "d": "%s"
			    }
			  ]
			}""".formatted(KEY_ID, X, D);

	private PingooToken() {}

	/** The client at 127.0.0.1: 43 characters and a NUL, written as in JSON. */
	static String client(String userAgent, String host) throws GeneralSecurityException {
		MessageDigest digest = MessageDigest.getInstance("SHA-256");
		digest.update(new byte[] {127, 0, 0, 1});
		digest.update((userAgent + host).getBytes(StandardCharsets.US_ASCII));
		return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest()) + "\\u0000";
	}

	static String verified(String client, long now) throws GeneralSecurityException {
		return token("{\"challenge_passed\":true," + registered(client, now, now + 86400));
	}

	static String challenge(String client, String challenge, long now) throws GeneralSecurityException {
		return token("{\"challenge\":\"" + challenge + "\",\"difficulty\":1," + registered(client, now, now + 600));
	}

	private static String registered(String client, long now, long expires) {
		return "\"iss\":\"pingoo\",\"sub\":\"" + client + "\",\"aud\":\"pingoo\",\"exp\":" + expires + ",\"nbf\":" + now + ",\"iat\":" + now
				+ ",\"jti\":\"0199c1d2-7d5e-7c3a-9f5e-2b1c0d9e8f7b\"}";
	}

	private static String token(String claims) throws GeneralSecurityException {
		String signed = encode("{\"typ\":\"JWT\",\"alg\":\"EdDSA\",\"kid\":\"" + KEY_ID + "\"}") + "." + encode(claims);
		PrivateKey key = KeyFactory.getInstance("Ed25519")
				.generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, Base64.getUrlDecoder().decode(D)));
		Signature signature = Signature.getInstance("Ed25519");
		signature.initSign(key);
		signature.update(signed.getBytes(StandardCharsets.US_ASCII));
		return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
	}

	private static String encode(String text) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
	}

	/** The claims of a token, once header and signature are as Pingoo wants them. */
	static Map<String, Object> claims(String token) throws GeneralSecurityException {
		String[] parts = token.split("\\.");
		if (!Json.object(decode(parts[0])).equals(Map.of("typ", "JWT", "alg", "EdDSA", "kid", KEY_ID))) {
			throw new AssertionError(decode(parts[0]));
		}
		byte[] prefix = HexFormat.of().parseHex("302a300506032b6570032100"); // SubjectPublicKeyInfo of RFC 8410
		byte[] encoded = new byte[44];
		System.arraycopy(prefix, 0, encoded, 0, 12);
		System.arraycopy(Base64.getUrlDecoder().decode(X), 0, encoded, 12, 32);
		PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
		Signature signature = Signature.getInstance("Ed25519");
		signature.initVerify(key);
		signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
		if (!signature.verify(Base64.getUrlDecoder().decode(parts[2]))) {
			throw new AssertionError("the signature is wrong: " + token);
		}
		return Json.object(decode(parts[1]));
	}

	private static String decode(String part) {
		return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
	}
}
