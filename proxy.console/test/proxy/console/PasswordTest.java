package proxy.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordTest {

	@Test
	void isFourWordsAndFourDigitsAndNeverTheSame() {
		Set<String> seen = new HashSet<>();
		for (int i = 0; i < 1000; i++) {
			String password = Password.generate(new SecureRandom());
			assertTrue(password.matches("([bdfghjklmnprstvz][aeiou]){2}-(.{4}-){3}\\d{4}"), password);
			assertNull(Password.weakness(password));
			seen.add(password);
		}
		assertEquals(1000, seen.size());
	}

	@ParameterizedTest
	@ValueSource(strings = {"admin", "Admin", "password", "", "1234567", "12345678", "Gatehouse"})
	void refusesWhatWouldBeTriedFirst(String password) {
		assertNotNull(Password.weakness(password));
	}

	@Test
	void comparesWhole() {
		assertTrue(Password.equal("secret", "secret"));
		assertFalse(Password.equal("secret", "secre"));
		assertFalse(Password.equal("secret", "secrett"));
		assertFalse(Password.equal("", "x"));
	}
}
