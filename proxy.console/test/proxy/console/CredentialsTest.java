package proxy.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {

	@TempDir
	Path data;

	private Path file() {
		return data.resolve("new/console-password");
	}

	private Credentials credentials(String given) {
		return new Credentials(given, new PasswordFile(file()));
	}

	@Test
	void makesAPasswordOnceThatOnlyTheOwnerCanRead() throws IOException {
		Credentials first = credentials(null);
		String password = Files.readString(file()).strip();
		assertEquals("rw-------", mode());
		assertTrue(first.match("admin", password));
		assertTrue(first.hint(true).contains(password));
		assertFalse(first.hint(false).contains(password));

		Credentials second = credentials(null);
		assertEquals(password, Files.readString(file()).strip());
		assertTrue(second.match("admin", password));
		assertFalse(second.hint(true).contains(password));
		try (var left = Files.list(file().getParent())) {
			assertEquals(List.of(file()), left.toList());
		}
	}

	@Test
	void refusesEverythingElse() throws IOException {
		Credentials credentials = credentials(null);
		String password = Files.readString(file()).strip();
		assertFalse(credentials.match("admin", "admin"));
		assertFalse(credentials.match("admin", ""));
		assertFalse(credentials.match("Admin", password));
		assertFalse(credentials.match("", password));
		assertFalse(credentials.match("admin", password + " "));
	}

	@Test
	void prefersTheEnvironmentAndMakesNoFileThen() {
		Credentials credentials = credentials("from the environment");
		assertTrue(credentials.match("admin", "from the environment"));
		assertFalse(Files.exists(file()));
		assertFalse(credentials.hint(true).contains("from the environment"));
	}

	@Test
	void usesTheFileWhenTheEnvironmentSaysAdmin() throws IOException {
		Credentials credentials = credentials("admin");
		assertFalse(credentials.match("admin", "admin"));
		assertTrue(credentials.match("admin", Files.readString(file()).strip()));
	}

	@Test
	void takesAPasswordWrittenIntoTheFileWhileItRuns() throws IOException {
		Credentials credentials = credentials(null);
		rewrite("another-password", 1);
		assertTrue(credentials.match("admin", "another-password"));
		rewrite("admin", 2);
		assertFalse(credentials.match("admin", "admin"));
		assertFalse(credentials.match("admin", "another-password"));
		assertFalse(credentials.match("admin", ""));
		Files.delete(file());
		assertFalse(credentials.match("admin", ""));
		assertFalse(credentials.match("admin", "another-password"));
	}

	@Test
	void closesAFileThatOthersCouldRead() throws IOException {
		Files.createDirectories(file().getParent());
		Files.writeString(file(), "a-good-password\n");
		Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
		assertTrue(credentials(null).match("admin", "a-good-password"));
		assertEquals("rw-------", mode());
	}

	@Test
	void letsTheGeneratedPasswordInWhenItCannotBeKept() throws IOException {
		Files.writeString(data.resolve("new"), "a file where the folder should be");
		Credentials credentials = credentials(null);
		String password = credentials.hint(true).replaceAll(".*password (\\S+) .*", "$1");
		assertTrue(credentials.match("admin", password), credentials.hint(true));
		assertFalse(credentials.match("admin", ""));
		assertTrue(credentials.hint(true).contains("cannot be kept in " + file()), credentials.hint(true));
		assertFalse(credentials.hint(false).contains(password), credentials.hint(false));
		assertTrue(credentials.hint(false).contains("nobody knows the password"), credentials.hint(false));

		Files.delete(data.resolve("new"));
		assertTrue(credentials.match("admin", password));
		assertEquals(password, Files.readString(file()).strip());
		assertTrue(credentials.hint(false).contains("password in " + file()), credentials.hint(false));
	}

	private void rewrite(String password, int later) throws IOException {
		FileTime before = Files.getLastModifiedTime(file());
		Files.writeString(file(), password + "\n");
		Files.setLastModifiedTime(file(), FileTime.fromMillis(before.toMillis() + later * 1000L));
	}

	private String mode() throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(file()));
	}
}
