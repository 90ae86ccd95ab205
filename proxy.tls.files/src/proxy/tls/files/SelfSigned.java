package proxy.tls.files;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.conscrypt.Conscrypt;
import proxy.api.tls.TlsIdentity;

/** The certificate of a gateway that nobody has given one. */
final class SelfSigned {

	private static final String SUBJECT = "CN=Gatehouse self-signed certificate";
	/** Those that a gateway made by itself and so may replace by itself. */
	private static final Set<String> GENERATED = Set.of(SUBJECT, "CN=Pingoo self-signed certificate");

	private static final Duration VALIDITY = Duration.ofDays(365);
	private static final Duration RENEW_BEFORE = Duration.ofDays(30);
	/** For clients whose clock is late. */
	private static final Duration BACKDATED = Duration.ofHours(1);

	private SelfSigned() {}

	static TlsIdentity create(Instant now) {
		try {
			KeyPairGenerator generator = generator();
			generator.initialize(new ECGenParameterSpec("secp256r1"));
			KeyPair pair = generator.generateKeyPair();
			return new TlsIdentity(List.of(certificate(pair, generator.getProvider(), now)), pair.getPrivate(), "self-signed");
		} catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
			throw new IllegalStateException("this Java cannot make an ECDSA P-256 certificate", e);
		}
	}

	/** Conscrypt's native code where it is: Java's own takes many times as long while nothing of it is compiled. */
	private static KeyPairGenerator generator() throws NoSuchAlgorithmException {
		try {
			return KeyPairGenerator.getInstance("EC", Conscrypt.newProvider());
		} catch (LinkageError absent) {
			return KeyPairGenerator.getInstance("EC");
		}
	}

	/** Whether a gateway made it and its time is nearly over. */
	static boolean isDue(X509Certificate certificate, Instant now) {
		return GENERATED.contains(certificate.getSubjectX500Principal().getName())
				&& certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal())
				&& certificate.getNotAfter().toInstant().isBefore(now.plus(RENEW_BEFORE));
	}

	private static X509Certificate certificate(KeyPair pair, Provider provider, Instant now)
			throws GeneralSecurityException, OperatorCreationException, CertIOException {
		X500Name subject = new X500Name(SUBJECT);
		JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
				subject,
				new BigInteger(127, new SecureRandom()).setBit(126),
				Date.from(now.minus(BACKDATED)),
				Date.from(now.plus(VALIDITY)),
				subject,
				pair.getPublic());
		builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
			new GeneralName(GeneralName.dNSName, "*"),
			new GeneralName(GeneralName.dNSName, "localhost"),
			new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
			new GeneralName(GeneralName.iPAddress, "::1")
		}));
		builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
		builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
		builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
		return new JcaX509CertificateConverter()
				.getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").setProvider(provider).build(pair.getPrivate())));
	}
}
