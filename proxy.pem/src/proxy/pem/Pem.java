package proxy.pem;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.X509TrustedCertificateBlock;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/** PEM texts (RFC 7468) to the JDK's own certificate and key objects, and back. */
public final class Pem {

	private Pem() {}

	/** All certificates of the text, in order, at least one. */
	public static List<X509Certificate> certificates(byte[] text) throws PemException {
		List<X509Certificate> certificates = new ArrayList<>();
		try (PEMParser parser = parser(text)) {
			for (Object object = parser.readObject(); object != null; object = parser.readObject()) {
				if (object instanceof X509CertificateHolder holder) {
					certificates.add(certificate(holder.getEncoded()));
				} else if (object instanceof X509TrustedCertificateBlock block) {
					certificates.add(certificate(block.getCertificateHolder().getEncoded()));
				}
			}
		} catch (IOException | CertificateException | RuntimeException e) {
			throw new PemException("the certificate cannot be read: its text is damaged or cut off", e);
		}
		if (certificates.isEmpty()) {
			throw new PemException("there is no certificate in it (no BEGIN CERTIFICATE line)");
		}
		return certificates;
	}

	/** The first private key of the text: PKCS#8, PKCS#1 or SEC 1. */
	public static PrivateKey privateKey(byte[] text) throws PemException {
		try (PEMParser parser = parser(text)) {
			ASN1ObjectIdentifier curve = null;
			for (Object object = parser.readObject(); object != null; object = parser.readObject()) {
				if (object instanceof ASN1ObjectIdentifier parameters) {
					curve = parameters;
				}
				if (object instanceof PrivateKeyInfo info) {
					return privateKey(info);
				}
				if (object instanceof PEMKeyPair pair) {
					return privateKey(withCurve(pair.getPrivateKeyInfo(), curve));
				}
				if (object instanceof PEMEncryptedKeyPair || object instanceof PKCS8EncryptedPrivateKeyInfo) {
					throw new PemException("the private key is encrypted with a passphrase; store it without one");
				}
			}
		} catch (IOException | RuntimeException e) {
			throw new PemException("the private key cannot be read: its text is damaged or cut off", e);
		}
		throw new PemException("there is no private key in it (no BEGIN PRIVATE KEY line)");
	}

	/** The JDK's key object; whatever else the structure carries (attributes, the public key) is left out. */
	public static PrivateKey privateKey(PrivateKeyInfo info) throws PemException {
		ASN1ObjectIdentifier type = info.getPrivateKeyAlgorithm().getAlgorithm();
		try {
			byte[] plain = new PrivateKeyInfo(info.getPrivateKeyAlgorithm(), info.parsePrivateKey()).getEncoded();
			return KeyFactory.getInstance(algorithm(type)).generatePrivate(new PKCS8EncodedKeySpec(plain));
		} catch (GeneralSecurityException | IOException e) {
			throw new PemException("this kind of private key is not supported, or it is damaged; RSA, ECDSA (P-256, P-384, P-521) and EdDSA"
					+ " are", e);
		}
	}

	/** SEC 1 keys may leave their curve to an EC PARAMETERS block in front. */
	private static PrivateKeyInfo withCurve(PrivateKeyInfo info, ASN1ObjectIdentifier curve) throws IOException {
		AlgorithmIdentifier algorithm = info.getPrivateKeyAlgorithm();
		if (curve == null || algorithm.getParameters() != null) {
			return info;
		}
		return new PrivateKeyInfo(new AlgorithmIdentifier(algorithm.getAlgorithm(), curve), info.parsePrivateKey());
	}

	public static byte[] text(PrivateKey key) {
		return block("PRIVATE KEY", key.getEncoded()).getBytes(StandardCharsets.US_ASCII);
	}

	public static byte[] text(List<X509Certificate> chain) {
		StringBuilder text = new StringBuilder();
		for (X509Certificate certificate : chain) {
			try {
				text.append(block("CERTIFICATE", certificate.getEncoded()));
			} catch (CertificateException e) {
				throw new IllegalArgumentException("a certificate without encoding", e);
			}
		}
		return text.toString().getBytes(StandardCharsets.US_ASCII);
	}

	private static String block(String label, byte[] der) {
		byte[] newline = {'\n'};
		return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder(64, newline).encodeToString(der) + "\n-----END "
				+ label + "-----\n";
	}

	private static PEMParser parser(byte[] text) {
		return new PEMParser(new StringReader(new String(text, StandardCharsets.ISO_8859_1)));
	}

	private static X509Certificate certificate(byte[] der) throws CertificateException {
		return (X509Certificate)
				CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
	}

	private static String algorithm(ASN1ObjectIdentifier type) {
		if (type.equals(PKCSObjectIdentifiers.rsaEncryption)) {
			return "RSA";
		}
		if (type.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
			return "EC";
		}
		if (type.equals(EdECObjectIdentifiers.id_Ed25519) || type.equals(EdECObjectIdentifiers.id_Ed448)) {
			return "EdDSA";
		}
		return type.getId();
	}
}
