package proxy.core.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import proxy.api.tls.TlsIdentity;

/** Certificates made on the spot by the JDK's keytool. */
public final class Identities {

	private static final String PASSWORD = "changeit";

	private Identities() {}

	public static TlsIdentity create(Path folder, String name, String algorithm)
			throws IOException, InterruptedException, GeneralSecurityException {
		Path file = folder.resolve(name + "-" + algorithm + ".p12");
		Process keytool = new ProcessBuilder(
						Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
						"-genkeypair", "-alias", "a", "-keystore", file.toString(), "-storetype", "PKCS12",
						"-storepass", PASSWORD, "-keyalg", algorithm, "-dname", "CN=" + name,
						"-ext", "san=dns:" + name, "-validity", "30")
				.inheritIO()
				.start();
		if (keytool.waitFor() != 0) {
			throw new IOException("keytool failed");
		}
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(Files.newInputStream(file), PASSWORD.toCharArray());
		return new TlsIdentity(
				List.of((X509Certificate) store.getCertificate("a")),
				(PrivateKey) store.getKey("a", PASSWORD.toCharArray()),
				file.getFileName().toString());
	}
}
