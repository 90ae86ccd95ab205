package proxy.captcha;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import proxy.api.rule.RequestFacts;

/** Whom a cookie is for: one address with one browser at one site. */
final class ClientId {

	private ClientId() {}

	static String of(RequestFacts facts) {
		MessageDigest digest = sha256();
		digest.update(facts.clientAddress().getAddress());
		digest.update(facts.userAgent().getBytes(StandardCharsets.ISO_8859_1));
		digest.update(facts.host().getBytes(StandardCharsets.ISO_8859_1));
		// Pingoo writes 43 characters into a buffer of 44 and takes all of it
		return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest()) + '\0';
	}

	static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException(e);
		}
	}
}
