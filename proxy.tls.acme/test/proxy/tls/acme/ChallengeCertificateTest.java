package proxy.tls.acme;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import proxy.api.tls.TlsIdentity;
import proxy.fixtures.Pingoo;
import proxy.pem.CertificateNames;

/** RFC 8737 section 3. */
class ChallengeCertificateTest {

	@Test
	@Pingoo("acme.tls-alpn")
	void namesTheDomainAndCarriesTheDigestInACriticalExtension() throws Exception {
		byte[] digest = new byte[32];
		digest[0] = 7;
		TlsIdentity challenge = ChallengeCertificate.create(new DomainName("a.test"), digest);
		X509Certificate leaf = challenge.leaf();

		leaf.verify(leaf.getPublicKey());
		leaf.checkValidity();
		assertEquals("SHA256withECDSA", leaf.getSigAlgName());
		assertEquals(List.of("a.test"), CertificateNames.of(leaf));
		assertEquals(Set.of("1.3.6.1.5.5.7.1.31"), leaf.getCriticalExtensionOIDs());
		byte[] value = leaf.getExtensionValue("1.3.6.1.5.5.7.1.31");
		byte[] expected = new byte[36];
		expected[0] = 4;
		expected[1] = 34;
		expected[2] = 4;
		expected[3] = 32;
		expected[4] = 7;
		assertArrayEquals(expected, value, "an octet string in the extension's octet string");
	}

	@Test
	void namesAnAddressAsAnAddress() {
		assertEquals(
				List.of("192.0.2.1"),
				CertificateNames.of(ChallengeCertificate.create(DomainName.parse("192.0.2.1"), new byte[32]).leaf()));
	}
}
