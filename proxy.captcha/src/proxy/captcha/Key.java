package proxy.captcha;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** An Ed25519 key (RFC 8037). Bouncy Castle's is used since it takes a tenth of the JDK's time. */
final class Key {

	private static final SecureRandom RANDOM = new SecureRandom();

	private final String id;
	private final Ed25519PrivateKeyParameters secret;
	private final Ed25519PublicKeyParameters shared;

	private Key(String id, Ed25519PrivateKeyParameters secret) {
		this.id = id;
		this.secret = secret;
		shared = secret.generatePublicKey();
	}

	static Key generate() {
		return new Key(newId(), new Ed25519PrivateKeyParameters(RANDOM));
	}

	/** A UUID whose first half tells the time (RFC 9562 section 5.7). */
	static String newId() {
		ByteBuffer random = ByteBuffer.wrap(random(16));
		long high = System.currentTimeMillis() << 16 | 0x7000 | random.getLong() & 0x0FFF;
		return new UUID(high, random.getLong() & ~(3L << 62) | 1L << 63).toString();
	}

	static byte[] random(int octets) {
		byte[] bytes = new byte[octets];
		RANDOM.nextBytes(bytes);
		return bytes;
	}

	/** @throws IllegalArgumentException when it is no Ed25519 key with its private part */
	static Key of(Map<String, Object> jwk) {
		if (!(jwk.get("kid") instanceof String id) || id.isBlank()) {
			throw new IllegalArgumentException("a key has no kid");
		}
		if (!"OKP".equals(jwk.get("kty")) || !"Ed25519".equals(jwk.get("crv")) || !"EdDSA".equals(jwk.getOrDefault("alg", "EdDSA"))) {
			throw new IllegalArgumentException("key " + id + " is not of kty OKP, crv Ed25519 and alg EdDSA");
		}
		Key key = new Key(id, new Ed25519PrivateKeyParameters(octets(jwk, "d", id)));
		if (!Arrays.equals(key.shared.getEncoded(), octets(jwk, "x", id))) {
			throw new IllegalArgumentException("x and d of key " + id + " do not belong together");
		}
		return key;
	}

	private static byte[] octets(Map<String, Object> jwk, String member, String id) {
		try {
			byte[] octets = Base64.getUrlDecoder().decode(String.valueOf(jwk.get(member)));
			if (octets.length == Ed25519PrivateKeyParameters.KEY_SIZE) {
				return octets;
			}
		} catch (IllegalArgumentException notBase64) {
			// said below
		}
		throw new IllegalArgumentException("'" + member + "' of key " + id + " is not base64url of 32 octets");
	}

	Map<String, Object> jwk() {
		Map<String, Object> jwk = new LinkedHashMap<>();
		jwk.put("kid", id);
		jwk.put("use", "sig");
		jwk.put("alg", "EdDSA");
		jwk.put("kty", "OKP");
		jwk.put("crv", "Ed25519");
		jwk.put("x", Base64.getUrlEncoder().withoutPadding().encodeToString(shared.getEncoded()));
		jwk.put("d", Base64.getUrlEncoder().withoutPadding().encodeToString(secret.getEncoded()));
		return jwk;
	}

	String id() {
		return id;
	}

	byte[] sign(byte[] message) {
		Ed25519Signer signer = new Ed25519Signer();
		signer.init(true, secret);
		signer.update(message, 0, message.length);
		return signer.generateSignature();
	}

	boolean verifies(byte[] message, byte[] signature) {
		Ed25519Signer signer = new Ed25519Signer();
		signer.init(false, shared);
		signer.update(message, 0, message.length);
		return signer.verifySignature(signature);
	}
}
