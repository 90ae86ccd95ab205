package proxy.console;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;

/** Makes passwords that can be read out, and compares them without telling by time how much was right. */
final class Password {

	private static final String CONSONANTS = "bdfghjklmnprstvz";
	private static final String VOWELS = "aeiou";
	private static final int SHORTEST = 8;
	private static final List<String> GUESSED_FIRST =
			List.of("admin", "password", "gatehouse", "changeme", "letmein", "12345678", "123456789", "1234567890");

	private Password() {}

	/** Four made-up words and four digits: 8 syllables of 80 and 10,000 numbers, 64 bits. */
	static String generate(SecureRandom random) {
		StringBuilder password = new StringBuilder();
		for (int word = 0; word < 4; word++) {
			for (int syllable = 0; syllable < 2; syllable++) {
				password.append(CONSONANTS.charAt(random.nextInt(CONSONANTS.length())));
				password.append(VOWELS.charAt(random.nextInt(VOWELS.length())));
			}
			password.append('-');
		}
		return password.append(String.format(Locale.ROOT, "%04d", random.nextInt(10_000))).toString();
	}

	/** Why nobody should have this password, or null. */
	static String weakness(String password) {
		if (GUESSED_FIRST.contains(password.toLowerCase(Locale.ROOT))) {
			return "is the first that anybody would try";
		}
		return password.length() < SHORTEST ? "has fewer than " + SHORTEST + " characters" : null;
	}

	/** Takes the same time for every wrong password of any length. */
	static boolean equal(String a, String b) {
		return MessageDigest.isEqual(digest(a), digest(b));
	}

	private static byte[] digest(String text) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
		} catch (NoSuchAlgorithmException everyJavaHasIt) {
			throw new IllegalStateException(everyJavaHasIt);
		}
	}
}
