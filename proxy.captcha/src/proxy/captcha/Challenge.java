package proxy.captcha;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A challenge: find a nonce for which SHA-256(text + nonce) begins with enough hexadecimal zeros.
 *
 * @param id of this challenge alone
 * @param expires in seconds since 1970
 */
record Challenge(String text, int difficulty, String id, long expires) {

	/** Why the solution is none, or null when it is one. */
	String fault(Solution solution) {
		byte[] octets = (text + solution.nonce()).getBytes(StandardCharsets.UTF_8);
		String hash = HexFormat.of().formatHex(ClientId.sha256().digest(octets));
		if (!hash.equalsIgnoreCase(solution.hash())) {
			return "the hash is not that of the challenge and the nonce";
		}
		int zeros = 0;
		while (zeros < hash.length() && hash.charAt(zeros) == '0') {
			zeros++;
		}
		return zeros >= difficulty ? null : "the hash begins with " + zeros + " zeros instead of " + difficulty;
	}
}
