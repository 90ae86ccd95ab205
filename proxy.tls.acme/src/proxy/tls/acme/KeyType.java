package proxy.tls.acme;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;

/** Kinds of keys for certificates. */
enum KeyType {
	ECDSA("EC", 256),
	RSA("RSA", 2048);

	private final String algorithm;
	private final int bits;

	KeyType(String algorithm, int bits) {
		this.algorithm = algorithm;
		this.bits = bits;
	}

	KeyPair generate() {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
			generator.initialize(bits);
			return generator.generateKeyPair();
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException("this Java cannot make " + algorithm + " keys", e);
		}
	}
}
