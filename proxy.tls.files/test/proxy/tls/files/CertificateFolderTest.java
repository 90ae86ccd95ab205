package proxy.tls.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxy.api.tls.TlsIdentity;
import proxy.fixtures.Await;
import proxy.fixtures.Pingoo;
import proxy.fixtures.RecordedRuntime;
import proxy.fixtures.TestCa;

class CertificateFolderTest {

	@TempDir
	Path scratch;

	private final TestCa ca = new TestCa();

	@Test
	@Pingoo("tls.folder")
	void createsItsFolderAndNoticesChangesByItself() throws Exception {
		Path folder = scratch.resolve("a/tls");
		CertificateFolder certificates = new CertificateFolder(folder, InstantSource.system(), new RecordedRuntime());
		try {
			assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
			assertEquals("EC", certificates.defaultIdentity().key().getAlgorithm());
			assertNull(certificates.identity("one.test"));

			TestCa.write(folder, "one", ca.issue("one.test"));
			Await.until("the new certificate is served", () -> certificates.identity("one.test") != null);
			TlsIdentity next = ca.issue("one.test");
			TestCa.write(folder, "one", next);
			Await.until(
					"the replaced certificate is served",
					() -> certificates.identity("one.test").leaf().equals(next.leaf()));
		} finally {
			certificates.stop();
		}
		Await.until("its thread has ended", () -> Thread.getAllStackTraces().keySet().stream()
				.noneMatch(thread -> thread.getName().equals("gatehouse-tls-files")));
	}
}
