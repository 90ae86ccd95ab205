package proxy.pem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PrivateKey;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proxy.fixtures.Pingoo;
import proxy.fixtures.TestCa;

class PemTest {

	@ParameterizedTest
	@CsvSource({"EC, 256", "EC, 384", "RSA, 2048", "Ed25519, 0"})
	@Pingoo("tls.key-formats")
	void readsWhatItWrites(String algorithm, int bits) throws Exception {
		PrivateKey key = TestCa.keyPair(algorithm, bits).getPrivate();
		assertEquals(key, Pem.privateKey(Pem.text(key)));
	}

	@Test
	@Pingoo("tls.key-formats")
	void readsPkcs1() throws Exception {
		KeyPair pair = TestCa.keyPair("RSA", 2048);
		byte[] pkcs1 = PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded()).parsePrivateKey().toASN1Primitive().getEncoded();
		assertEquals(pair.getPrivate(), Pem.privateKey(bytes(TestCa.pem("RSA PRIVATE KEY", pkcs1))));
	}

	@Test
	@Pingoo("tls.key-formats")
	void readsSec1() throws Exception {
		KeyPair pair = TestCa.keyPair("EC", 256);
		BigInteger secret = ((java.security.interfaces.ECPrivateKey) pair.getPrivate()).getS();
		byte[] sec1 = new ECPrivateKey(256, secret, SECObjectIdentifiers.secp256r1).getEncoded();
		PrivateKey read = Pem.privateKey(bytes(TestCa.pem("EC PRIVATE KEY", sec1)));
		assertEquals(secret, ((java.security.interfaces.ECPrivateKey) read).getS());
	}

	@Test
	void readsSec1WithTheCurveInFront() throws Exception {
		KeyPair pair = TestCa.keyPair("EC", 256);
		StringWriter sec1 = new StringWriter();
		try (JcaPEMWriter writer = new JcaPEMWriter(sec1)) {
			writer.writeObject(pair);
		}
		assertTrue(sec1.toString().startsWith("-----BEGIN EC PRIVATE KEY-----"));
		String curve = TestCa.pem("EC PARAMETERS", new byte[] {6, 8, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 3, 1, 7});
		assertEquals(pair.getPrivate(), Pem.privateKey(bytes(curve + sec1)));
	}

	@Test
	void leavesOutWhatOtherProgramsAddToAKey() throws Exception {
		PrivateKey key = TestCa.keyPair("Ed25519", 0).getPrivate();
		PrivateKeyInfo plain = PrivateKeyInfo.getInstance(key.getEncoded());
		byte[] version2 =
				new PrivateKeyInfo(plain.getPrivateKeyAlgorithm(), plain.parsePrivateKey(), new DERSet(), new byte[32]).getEncoded();
		assertEquals(key, Pem.privateKey(bytes(TestCa.pem("PRIVATE KEY", version2))));
	}

	@Test
	void theKeyIsTheJdksOwn() throws Exception {
		PrivateKey key = Pem.privateKey(Pem.text(TestCa.keyPair("EC", 256).getPrivate()));
		assertTrue(key.getClass().getName().startsWith("sun.security."), key.getClass().getName());
		assertEquals("PKCS#8", key.getFormat());
	}

	@Test
	void readsAChainWithWordsBetween() throws Exception {
		var chain = new TestCa().issue("a.test").chain();
		String text = "Bag Attributes\n" + TestCa.pem(chain.subList(0, 1)) + "issuer=/CN=x\n\n" + TestCa.pem(chain.subList(1, 2));
		assertEquals(chain, Pem.certificates(bytes(text)));
		assertArrayEquals(bytes(TestCa.pem(chain)), Pem.text(chain));
	}

	@Test
	void saysWhyAKeyCannotBeUsed() throws Exception {
		StringWriter encrypted = new StringWriter();
		try (JcaPEMWriter writer = new JcaPEMWriter(encrypted)) {
			writer.writeObject(TestCa.keyPair("RSA", 2048),
					new JcePEMEncryptorBuilder("AES-128-CBC").setProvider(new BouncyCastleProvider()).build("secret".toCharArray()));
		}
		assertEquals("the private key is encrypted with a passphrase; store it without one", reason(encrypted.toString()));
		assertEquals("there is no private key in it (no BEGIN PRIVATE KEY line)", reason("hello"));
		assertTrue(reason("-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n").startsWith("the private key cannot be read"));
	}

	private static String reason(String text) {
		return assertThrows(PemException.class, () -> Pem.privateKey(bytes(text))).getMessage();
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}
}
