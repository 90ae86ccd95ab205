package proxy.pem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.util.io.pem.PemReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxy.api.tls.TlsIdentity;
import proxy.fixtures.Pingoo;
import proxy.fixtures.TestCa;

class IdentityFolderTest {

	@TempDir
	Path path;

	private final TestCa ca = new TestCa();
	private final TlsIdentity before = ca.issue("a.test");
	private final TlsIdentity after = ca.issue("a.test");

	@Test
	@Pingoo("tls.key-mode")
	void savesForTheOwnerOnlyAndLeavesNothingElse() throws Exception {
		IdentityFolder folder = new IdentityFolder(path.resolve("tls"));
		folder.save("a.test", before.key(), before.chain());
		folder.save("a.test", after.key(), after.chain());

		assertEquals(List.of("a.test.key", "a.test.pem"), files(folder.path()));
		assertEquals("rwx------", mode(folder.path()));
		assertEquals("rw-------", mode(folder.chainFile("a.test")));
		assertEquals("rw-------", mode(folder.keyFile("a.test")));
		assertEquals(after.chain(), folder.load("a.test").chain());
		assertEquals(after.key(), folder.load("a.test").key());
	}

	/** One bundle starts while another saves. */
	@Test
	void recoveringWhileAnotherSavesTakesNothingAwayFromIt() throws Exception {
		IdentityFolder saving = saved();
		IdentityFolder starting = new IdentityFolder(path.resolve(".").resolve("."));
		CompletableFuture<Void> saves = CompletableFuture.runAsync(() -> {
			try {
				for (int i = 0; i < 50; i++) {
					saving.save("a.test", after.key(), after.chain());
				}
			} catch (IOException e) {
				throw new UncheckedIOException(e);
			}
		});
		while (!saves.isDone()) {
			starting.recover();
		}
		saves.join();
		assertEquals(after.leaf(), starting.load("a.test").leaf());
	}

	@Test
	void aCrashWhileStagingLeavesTheOldPair() throws Exception {
		IdentityFolder folder = saved();
		Files.writeString(path.resolve(".a.test.staged.123" + PrivateFile.TEMPORARY), TestCa.pem(after).substring(0, 100));
		folder.recover();

		assertEquals(before.leaf(), folder.load("a.test").leaf());
		assertEquals(List.of("a.test.key", "a.test.pem"), files(path));
	}

	@Test
	void aCrashAfterStagingLeavesTheNewPair() throws Exception {
		IdentityFolder folder = saved();
		stage();
		assertEquals(after.leaf(), folder.load("a.test").leaf());
		assertRecovered(folder);
	}

	@Test
	void aCrashBetweenKeyAndCertificateLeavesTheNewPair() throws Exception {
		IdentityFolder folder = saved();
		stage();
		Files.writeString(folder.keyFile("a.test"), TestCa.pem(after));
		Files.writeString(path.resolve(".a.test.pem.9" + PrivateFile.TEMPORARY), "half");
		assertEquals(after.leaf(), folder.load("a.test").leaf());
		assertRecovered(folder);
	}

	@Test
	void aCrashBeforeTheStagedFileIsDeletedLeavesTheNewPair() throws Exception {
		IdentityFolder folder = saved();
		stage();
		TestCa.write(path, "a.test", after);
		assertRecovered(folder);
	}

	@Test
	@Pingoo("acme.files")
	void aKillAtAnyMomentLeavesAPairThatFits() throws Exception {
		Path source = Files.createDirectory(path.resolve("source"));
		Path target = Files.createDirectory(path.resolve("target"));
		TestCa.write(source, "one", before);
		TestCa.write(source, "two", after);
		TestCa.write(target, "a.test", before);
		Random random = new Random(7);
		for (int round = 0; round < Integer.getInteger("gatehouse.kills", 8); round++) {
			Process saver = new ProcessBuilder(
							Path.of(System.getProperty("java.home"), "bin", "java").toString(),
							"-XX:TieredStopAtLevel=1",
							"-cp",
							classPath(),
							KilledSaver.class.getName(),
							target.toString(),
							source.toString())
					.redirectError(ProcessBuilder.Redirect.INHERIT)
					.start();
			assertEquals('s', saver.getInputStream().read(), "it saves");
			LockSupport.parkNanos(random.nextInt(40_000_000));
			saver.destroyForcibly().waitFor();

			IdentityFolder folder = new IdentityFolder(target);
			assertFits(folder.load("a.test"));
			folder.recover();
			assertFits(folder.load("a.test"));
			assertEquals(List.of("a.test.key", "a.test.pem"), files(target));
		}
	}

	@Test
	void refusesAKeyOfAnotherCertificate() throws IOException {
		TestCa.write(path, "a.test", before);
		Files.writeString(path.resolve("a.test.key"), TestCa.pem(after));
		PemException refused = assertThrows(PemException.class, () -> new IdentityFolder(path).load("a.test"));
		assertEquals("a.test.key is not the key of the first certificate in a.test.pem", refused.getMessage());
	}

	@Test
	void namesTheFileThatIsMissing() throws IOException {
		TestCa.write(path, "a.test", before);
		Files.delete(path.resolve("a.test.key"));
		assertEquals("a.test.key is missing", assertThrows(PemException.class, () -> new IdentityFolder(path).load("a.test")).getMessage());
		assertEquals("b.pem is missing", assertThrows(PemException.class, () -> new IdentityFolder(path).load("b")).getMessage());
	}

	private IdentityFolder saved() throws IOException {
		IdentityFolder folder = new IdentityFolder(path);
		folder.save("a.test", before.key(), before.chain());
		return folder;
	}

	private void stage() throws IOException {
		Files.writeString(path.resolve(".a.test.staged"), TestCa.pem(after) + TestCa.pem(after.chain()));
	}

	private void assertRecovered(IdentityFolder folder) throws Exception {
		folder.recover();
		assertEquals(after.leaf(), folder.load("a.test").leaf());
		assertEquals(List.of("a.test.key", "a.test.pem"), files(path));
		folder.recover();
		assertEquals(after.leaf(), folder.load("a.test").leaf());
	}

	private void assertFits(TlsIdentity found) {
		assertTrue(
				found.leaf().equals(before.leaf()) && found.key().equals(before.key())
						|| found.leaf().equals(after.leaf()) && found.key().equals(after.key()));
	}

	/** Of the classes that the program needs, wherever the tests were loaded from. */
	private static String classPath() {
		return Stream.of(IdentityFolderTest.class, IdentityFolder.class, TlsIdentity.class, PEMParser.class, ASN1Object.class, PemReader.class)
				.map(type -> type.getProtectionDomain().getCodeSource().getLocation().getPath())
				.distinct()
				.collect(Collectors.joining(File.pathSeparator));
	}

	private static List<String> files(Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.map(file -> file.getFileName().toString()).sorted().toList();
		}
	}

	private static String mode(Path file) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
	}
}
