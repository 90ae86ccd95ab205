package proxy.pem;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import proxy.api.tls.TlsIdentity;

/**
 * A folder of certificates: {@code NAME.pem} holds a chain, leaf first, {@code NAME.key} its private key.
 *
 * <p>Two files cannot be replaced in one step. So {@link #save} first writes both into one file, {@code .NAME.staged}.
 * From the moment that it has its name the new pair counts: {@link #load} prefers it, and {@link #recover} finishes what
 * a crash or a full disk interrupted. Before that moment nothing has happened but a leftover, which is deleted.
 */
public final class IdentityFolder {

	private static final String STAGED = ".staged";

	private final Path folder;
	/** Several bundles save to one folder, each with its own copy of this class: of what they share, only such a text is one for all. */
	private final Object lock;

	public IdentityFolder(Path folder) {
		this.folder = folder;
		lock = ("proxy.pem:" + folder.toAbsolutePath().normalize()).intern();
	}

	public Path path() {
		return folder;
	}

	public Path chainFile(String name) {
		return folder.resolve(name + ".pem");
	}

	public Path keyFile(String name) {
		return folder.resolve(name + ".key");
	}

	/** Reads a pair and checks that it fits together. */
	public TlsIdentity load(String name) throws IOException, PemException {
		Path staged = stagedFile(name);
		if (Files.exists(staged)) {
			byte[] both = Files.readAllBytes(staged);
			return identity(name, Pem.certificates(both), Pem.privateKey(both));
		}
		return identity(name, Pem.certificates(read(chainFile(name))), key(keyFile(name)));
	}

	/** Replaces a pair. When it fails, what {@link #load} gives is the old pair or the new, and both fit together. */
	public void save(String name, PrivateKey key, List<X509Certificate> chain) throws IOException {
		ByteArrayOutputStream both = new ByteArrayOutputStream();
		both.write(Pem.text(key));
		both.write(Pem.text(chain));
		synchronized (lock) {
			PrivateFile.createFolder(folder);
			PrivateFile.write(stagedFile(name), both.toByteArray());
			install(name);
		}
	}

	/** Finishes interrupted saves and deletes leftovers; to be called before the first load. */
	public void recover() throws IOException {
		synchronized (lock) {
			if (Files.isDirectory(folder)) {
				PrivateFile.clean(folder);
				installUnfinished();
			}
		}
	}

	private void installUnfinished() throws IOException {
		try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(folder, ".*" + STAGED)) {
			for (Path staged : unfinished) {
				String file = staged.getFileName().toString();
				install(file.substring(1, file.length() - STAGED.length()));
			}
		}
	}

	private void install(String name) throws IOException {
		Path staged = stagedFile(name);
		byte[] both = Files.readAllBytes(staged);
		try {
			byte[] key = Pem.text(Pem.privateKey(both));
			byte[] chain = Pem.text(Pem.certificates(both));
			PrivateFile.write(keyFile(name), key);
			PrivateFile.write(chainFile(name), chain);
		} catch (PemException e) {
			throw new IOException(staged + ": " + e.getMessage(), e);
		}
		Files.deleteIfExists(staged);
		PrivateFile.sync(folder);
	}

	private Path stagedFile(String name) {
		return folder.resolve("." + name + STAGED);
	}

	private TlsIdentity identity(String name, List<X509Certificate> chain, PrivateKey key) throws PemException {
		if (!belongTogether(chain.get(0).getPublicKey(), key)) {
			throw new PemException(keyFile(name).getFileName() + " is not the key of the first certificate in "
					+ chainFile(name).getFileName());
		}
		return new TlsIdentity(chain, key, chainFile(name).toString());
	}

	private static byte[] read(Path file) throws IOException, PemException {
		try {
			return Files.readAllBytes(file);
		} catch (NoSuchFileException e) {
			throw new PemException(file.getFileName() + " is missing", e);
		}
	}

	private static PrivateKey key(Path file) throws IOException, PemException {
		byte[] text = read(file);
		try {
			return Pem.privateKey(text);
		} catch (PemException e) {
			throw new PemException(file.getFileName() + ": " + e.getMessage(), e);
		}
	}

	private static boolean belongTogether(PublicKey publicKey, PrivateKey privateKey) throws PemException {
		if (!publicKey.getAlgorithm().equals(privateKey.getAlgorithm())) {
			return false;
		}
		String algorithm =
				switch (publicKey.getAlgorithm()) {
					case "RSA" -> "SHA256withRSA";
					case "EC" -> "SHA256withECDSA";
					default -> publicKey.getAlgorithm();
				};
		byte[] probe = {1, 2, 3, 4};
		try {
			Signature signature = Signature.getInstance(algorithm);
			signature.initSign(privateKey);
			signature.update(probe);
			byte[] signed = signature.sign();
			signature.initVerify(publicKey);
			signature.update(probe);
			return signature.verify(signed);
		} catch (GeneralSecurityException e) {
			throw new PemException("the key cannot be used to sign", e);
		}
	}
}
