package proxy.tls.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxy.api.runtime.Problem;
import proxy.api.tls.TlsIdentity;
import proxy.fixtures.Pingoo;
import proxy.fixtures.RecordedRuntime;
import proxy.fixtures.TestCa;
import proxy.pem.CertificateNames;
import proxy.pem.IdentityFolder;

class FolderWatchTest {

	@TempDir
	Path folder;

	private final TestCa ca = new TestCa();
	private final RecordedRuntime runtime = new RecordedRuntime();
	private Instant now = Instant.now();
	private FolderWatch watch;

	@BeforeEach
	void open() {
		watch = new FolderWatch(new IdentityFolder(folder), () -> now, new Troubles(runtime));
	}

	@Test
	@Pingoo("tls.pairs")
	void servesThePairsOfTheFolder() throws IOException {
		TestCa.write(folder, "one", ca.issue("one.test"));
		TestCa.write(folder, "two", ca.issue("two.test"));
		Snapshot snapshot = watch.look();

		assertEquals(folder.resolve("one.pem").toString(), snapshot.names().find("one.test").source());
		assertEquals(2, snapshot.names().find("one.test").chain().size());
		assertNotNull(snapshot.names().find("two.test"));
		assertNull(snapshot.names().find("three.test"));
		assertEquals(List.of(), runtime.problems());
	}

	@Test
	@Pingoo({"tls.default", "tls.key-mode"})
	void makesASelfSignedDefaultForItsOwnerOnly() throws Exception {
		Snapshot snapshot = watch.look();
		X509Certificate leaf = snapshot.fallback().leaf();

		assertEquals("CN=Gatehouse self-signed certificate", leaf.getSubjectX500Principal().getName());
		assertEquals(List.of("*", "localhost", "127.0.0.1", "0:0:0:0:0:0:0:1"), CertificateNames.of(leaf));
		assertEquals("EC", leaf.getPublicKey().getAlgorithm());
		leaf.verify(leaf.getPublicKey());
		for (String file : List.of("default.pem", "default.key")) {
			assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))));
		}
		assertSame(snapshot.fallback(), watch.look().fallback(), "sessions can be resumed");
		assertEquals(leaf, new FolderWatch(new IdentityFolder(folder), () -> now, new Troubles(runtime)).look().fallback().leaf());
	}

	@Test
	@Pingoo("tls.default-leap-day")
	void makesADefaultOnTheTwentyNinthOfFebruary() {
		now = Instant.parse("2028-02-29T12:00:00Z");
		assertEquals(Instant.parse("2029-02-28T12:00:00Z"), watch.look().fallback().leaf().getNotAfter().toInstant());
	}

	@Test
	@Pingoo("tls.default-renewed")
	void renewsItsOwnDefaultBeforeItEnds() {
		X509Certificate first = watch.look().fallback().leaf();
		now = now.plus(Duration.ofDays(300));
		assertEquals(first, watch.look().fallback().leaf());
		now = now.plus(Duration.ofDays(36));
		X509Certificate second = watch.look().fallback().leaf();

		assertNotSame(first, second);
		assertTrue(second.getNotAfter().after(first.getNotAfter()));
		assertEquals(second, watch.look().fallback().leaf());
		assertEquals(List.of(), runtime.problems());
	}

	@Test
	@Pingoo("tls.default-own")
	void takesAnyCertificateAsTheDefault() throws IOException {
		TestCa.write(folder, "default", ca.issue("www.example.com", "*.example.org"));
		Snapshot snapshot = watch.look();

		assertEquals(folder.resolve("default.pem").toString(), snapshot.fallback().source());
		assertSame(snapshot.fallback(), snapshot.names().find("www.example.com"));
		assertNull(snapshot.names().find("a.example.org"));
	}

	@Test
	void neverRenewsADefaultThatAnOperatorPutThere() throws IOException {
		TestCa.write(folder, "default", ca.issue(now.minus(Duration.ofDays(9)), now.minus(Duration.ofDays(1)), "old.test"));
		byte[] before = Files.readAllBytes(folder.resolve("default.pem"));
		Snapshot snapshot = watch.look();

		assertEquals(List.of("old.test"), CertificateNames.of(snapshot.fallback().leaf()));
		assertEquals(List.of("tls.files.folder[default.pem]"), settings());
		assertTrue(reason().startsWith("the certificate expired at "), reason());
		assertEquals(new String(before), Files.readString(folder.resolve("default.pem")));
	}

	@Test
	void servesASelfSignedSpareWhileTheDefaultIsBroken() throws IOException {
		Files.writeString(folder.resolve("default.pem"), "nonsense");
		Files.writeString(folder.resolve("default.key"), "nonsense");
		Snapshot snapshot = watch.look();

		assertEquals("self-signed", snapshot.fallback().source());
		assertSame(snapshot.fallback(), watch.look().fallback());
		assertEquals("nonsense", Files.readString(folder.resolve("default.pem")));
		assertEquals("there is no certificate in it (no BEGIN CERTIFICATE line)", reason());
	}

	@Test
	void servesASelfSignedSpareWhenTheFolderIsNotThere() throws IOException {
		Files.delete(folder);
		Files.writeString(folder, "a file in its place");
		Snapshot snapshot = watch.look();

		assertEquals("self-signed", snapshot.fallback().source());
		assertEquals(List.of("tls.files.folder"), settings());
	}

	@Test
	@Pingoo("tls.reload")
	void takesNewAndReplacedPairs() throws IOException {
		watch.look();
		TestCa.write(folder, "one", ca.issue("one.test"));
		TlsIdentity first = watch.look().names().find("one.test");
		assertSame(first, watch.look().names().find("one.test"));
		assertSame(first, watch.look().names().find("one.test"));

		TestCa.write(folder, "one", ca.issue("one.test"));
		TlsIdentity second = watch.look().names().find("one.test");
		assertNotSame(first, second);
		assertFalse(first.leaf().equals(second.leaf()));
	}

	@Test
	void givesTheSameSnapshotWhileNothingChanges() throws IOException {
		TestCa.write(folder, "one", ca.issue("one.test"));
		watch.look();
		Snapshot snapshot = watch.look();
		assertSame(snapshot, watch.look());
		Files.writeString(folder.resolve("one.pem"), Files.readString(folder.resolve("one.pem")));
		assertSame(snapshot, watch.look());
	}

	@Test
	void keepsTheOldPairUntilTheNewOneFits() throws IOException {
		TestCa.write(folder, "one", ca.issue("one.test"));
		TlsIdentity first = watch.look().names().find("one.test");
		TlsIdentity next = ca.issue("one.test");

		Files.writeString(folder.resolve("one.key"), TestCa.pem(next));
		assertSame(first, watch.look().names().find("one.test"));
		assertEquals(List.of(), runtime.problems());

		Files.writeString(folder.resolve("one.pem"), TestCa.pem(next.chain()));
		assertEquals(next.leaf(), watch.look().names().find("one.test").leaf());
		assertEquals(List.of(), runtime.problems());
	}

	@Test
	void aPairThatStaysUnfitIsAProblemAndTheOldOneStays() throws IOException {
		TestCa.write(folder, "one", ca.issue("one.test"));
		TestCa.write(folder, "two", ca.issue("two.test"));
		TlsIdentity first = watch.look().names().find("one.test");
		Files.writeString(folder.resolve("one.key"), TestCa.pem(ca.issue("one.test")));
		watch.look();
		Snapshot snapshot = watch.look();

		assertSame(first, snapshot.names().find("one.test"));
		assertNotNull(snapshot.names().find("two.test"));
		assertEquals(List.of("tls.files.folder[one.pem]"), settings());
		assertEquals("one.key is not the key of the first certificate in one.pem; the certificate loaded before stays in force", reason());

		TestCa.write(folder, "one", ca.issue("one.test"));
		watch.look();
		assertEquals(List.of(), runtime.problems());
	}

	@Test
	@Pingoo("tls.bad-file")
	void saysWhatIsWrongWithEachFileAndServesTheOthers() throws IOException {
		TestCa.write(folder, "good", ca.issue("good.test"));
		TestCa.write(folder, "nokey", ca.issue("nokey.test"));
		Files.delete(folder.resolve("nokey.key"));
		TestCa.write(folder, "badkey", ca.issue("badkey.test"));
		Files.writeString(folder.resolve("badkey.key"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
		TestCa.write(folder, "unreadable", ca.issue("unreadable.test"));
		Files.delete(folder.resolve("unreadable.key"));
		Files.createDirectory(folder.resolve("unreadable.key"));
		TestCa.write(folder, "nonames", ca.issue());

		assertNotNull(watch.look().names().find("good.test"));
		List<Problem> problems = runtime.problems();
		assertEquals(
				List.of("badkey", "nokey", "nonames", "unreadable"),
				settings().stream().map(s -> s.replaceAll(".*\\[(.*)\\.pem]", "$1")).toList());
		assertEquals("badkey.key: the private key cannot be read: its text is damaged or cut off", problems.get(0).reason());
		assertEquals("nokey.key is missing", problems.get(1).reason());
		assertTrue(problems.get(2).reason().startsWith("the certificate is for no host"), problems.get(2).reason());
		assertTrue(problems.get(3).reason().contains("Is a directory"), problems.get(3).reason());
	}

	@Test
	void aRemovedPairIsServedNoLongerAndItsProblemIsOver() throws IOException {
		TestCa.write(folder, "one", ca.issue("one.test"));
		Files.writeString(folder.resolve("bad.pem"), "");
		assertNotNull(watch.look().names().find("one.test"));
		assertEquals(1, runtime.problems().size());
		Files.delete(folder.resolve("one.pem"));
		Files.delete(folder.resolve("bad.pem"));

		assertNotNull(watch.look().names().find("one.test"), "a file may be away for a moment");
		assertNull(watch.look().names().find("one.test"));
		assertEquals(List.of(), runtime.problems());
	}

	@Test
	void keepsEverythingWhileTheFolderCannotBeRead() throws IOException {
		TestCa.write(folder, "one", ca.issue("one.test"));
		watch.look();
		Path away = folder.resolveSibling(folder.getFileName() + ".away");
		Files.move(folder, away);
		watch.look();
		watch.look();
		assertNotNull(watch.look().names().find("one.test"));
		assertEquals(folder + " cannot be read: there is no such folder", reason());

		Files.move(away, folder);
		assertNotNull(watch.look().names().find("one.test"));
		assertEquals(List.of(), runtime.problems());
	}

	private List<String> settings() {
		return runtime.problems().stream().map(Problem::setting).toList();
	}

	private String reason() {
		assertEquals(1, runtime.problems().size(), () -> runtime.problems().toString());
		return runtime.problems().get(0).reason();
	}
}
