package proxy.tls.acme;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Base64;
import org.jose4j.json.JsonUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proxy.fixtures.Pingoo;
import proxy.fixtures.TestCa;

class AccountFileTest {

	private static final URI DIRECTORY = URI.create("https://ca.test/dir");

	@TempDir
	Path folder;

	@ParameterizedTest
	@CsvSource({"EC, 256", "EC, 384", "RSA, 2048"})
	void givesBackWhatWasSaved(String algorithm, int bits) throws Exception {
		AccountFile file = new AccountFile(folder);
		assertNull(file.find(DIRECTORY));
		KeyPair keys = TestCa.keyPair(algorithm, bits);
		file.save(DIRECTORY, new AccountFile.Account(new URL("https://ca.test/account/1"), keys, ""));
		file.save(URI.create("https://other.test/dir"), new AccountFile.Account(new URL("https://other.test/a"), keys, ""));

		AccountFile.Account found = file.find(DIRECTORY);
		assertEquals("https://ca.test/account/1", found.location().toString());
		assertEquals(keys.getPrivate(), found.keys().getPrivate());
		assertEquals(keys.getPublic(), found.keys().getPublic());
	}

	@Test
	@Pingoo("acme.account")
	void readsPingoosFile() throws Exception {
		KeyPair keys = TestCa.keyPair("EC", 256);
		String key = Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded());
		write("{\"version\":\"1\",\"data\":{\"accounts\":{\"" + DIRECTORY + "\":{\"id\":\"https://ca.test/a/7\",\"key\":\"" + key
				+ "\"}}}}");
		assertEquals(keys.getPublic(), new AccountFile(folder).find(DIRECTORY).keys().getPublic());

		write(text().replace(key, Base64.getUrlEncoder().withoutPadding().encodeToString(keys.getPrivate().getEncoded())));
		assertEquals(keys.getPublic(), new AccountFile(folder).find(DIRECTORY).keys().getPublic());
	}

	@Test
	@Pingoo("acme.account")
	void writesPingoosFormatAndKeepsWhatItDoesNotKnow() throws Exception {
		write("{\"version\":\"1\",\"note\":\"mine\",\"data\":{\"accounts\":{\"https://x\":{\"id\":\"y\",\"key\":\"z\",\"extra\":1}}}}");
		AccountFile file = new AccountFile(folder);
		KeyPair keys = TestCa.keyPair("EC", 256);
		file.save(DIRECTORY, new AccountFile.Account(new URL("https://ca.test/a"), keys, ""));
		file.save(DIRECTORY, new AccountFile.Account(new URL("https://ca.test/b"), keys, ""));

		assertEquals(
				JsonUtil.parseJson("{\"version\":\"1\",\"note\":\"mine\",\"data\":{\"accounts\":{\"https://x\":{\"id\":\"y\",\"key\":\"z\","
						+ "\"extra\":1},\"" + DIRECTORY + "\":{\"id\":\"https://ca.test/b\",\"key\":\""
						+ Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded()) + "\"}}}}"),
				JsonUtil.parseJson(text()));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
		"{\"version\":",
		"{\"data\":{\"accounts\":{\"https://ca.test/dir\":{\"id\":\"https://ca.test/a\",\"key\":\"AAAA\"}}}}",
		"{\"data\":{\"accounts\":{\"https://ca.test/dir\":{\"id\":\"nowhere\",\"key\":\"\"}}}}"
	})
	@Pingoo("acme.damaged")
	void setsADamagedFileAside(String damaged) throws Exception {
		write(damaged);
		assertNull(new AccountFile(folder).find(DIRECTORY));
		assertEquals(damaged, Files.readString(folder.resolve("acme.json.damaged")));
		assertFalse(Files.exists(folder.resolve("acme.json")));
	}

	@Test
	void setsAsideWhatIsNoText() throws Exception {
		byte[] damaged = {(byte) 0xFF, (byte) 0xFE, '{', '}'};
		Files.write(folder.resolve("acme.json"), damaged);
		assertNull(new AccountFile(folder).find(DIRECTORY));
		assertArrayEquals(damaged, Files.readAllBytes(folder.resolve("acme.json.damaged")));
	}

	@Test
	void isReadableByItsOwnerOnly() throws Exception {
		new AccountFile(folder).save(DIRECTORY, new AccountFile.Account(new URL("https://ca.test/a"), TestCa.keyPair("EC", 256), ""));
		assertTrue(Files.getPosixFilePermissions(folder.resolve("acme.json")).size() == 2);
	}

	private void write(String text) throws Exception {
		Files.writeString(folder.resolve("acme.json"), text);
	}

	private String text() throws Exception {
		return Files.readString(folder.resolve("acme.json"));
	}
}
