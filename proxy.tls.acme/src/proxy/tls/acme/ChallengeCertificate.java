package proxy.tls.acme;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.shredzone.acme4j.Identifier;
import proxy.api.tls.TlsIdentity;

/** The self-signed certificate that answers a tls-alpn-01 challenge (RFC 8737 section 3). */
final class ChallengeCertificate {

	private static final ASN1ObjectIdentifier ACME_IDENTIFIER = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.31");
	private static final X500Name SUBJECT = new X500Name("CN=ACME challenge");

	private ChallengeCertificate() {}

	/** @param digest SHA-256 of the key authorization */
	static TlsIdentity create(DomainName domain, byte[] digest) {
		KeyPair pair = KeyType.ECDSA.generate();
		Instant now = Instant.now();
		JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
				SUBJECT,
				new BigInteger(120, new SecureRandom()),
				Date.from(now.minus(Duration.ofDays(1))),
				Date.from(now.plus(Duration.ofDays(7))),
				SUBJECT,
				pair.getPublic());
		boolean isHost = Identifier.TYPE_DNS.equals(domain.identifier().getType());
		GeneralName name = new GeneralName(isHost ? GeneralName.dNSName : GeneralName.iPAddress, domain.text());
		try {
			builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(name));
			builder.addExtension(ACME_IDENTIFIER, true, new DEROctetString(digest));
			return new TlsIdentity(
					List.of(new JcaX509CertificateConverter()
							.getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())))),
					pair.getPrivate(),
					"tls-alpn-01 challenge for " + domain);
		} catch (CertIOException | GeneralSecurityException | OperatorCreationException e) {
			throw new IllegalStateException("this Java cannot make an ECDSA P-256 certificate", e);
		}
	}
}
