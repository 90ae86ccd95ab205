package proxy.core.tls;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import java.io.IOException;
import java.security.cert.X509Certificate;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import proxy.api.tls.TlsIdentity;

/** Bouncy Castle's JSSE: pure Java, for platforms without Conscrypt's native library. */
final class BouncyCastleEngines extends TlsEngines {

	private final Provider provider = new BouncyCastleJsseProvider(new BouncyCastleProvider());

	@Override
	public String description() {
		return "Bouncy Castle " + provider.getVersionStr() + " (X25519MLKEM768)";
	}

	@Override
	Provider provider() {
		return provider;
	}

	/** Its own key manager, since it alone knows its key types ("EC/secp256r1"). */
	@Override
	KeyManager[] keyManagers(TlsIdentity identity) throws GeneralSecurityException {
		try {
			KeyStore store = KeyStore.getInstance("PKCS12");
			store.load(null, null);
			store.setKeyEntry(
					"identity", identity.key(), new char[0], identity.chain().toArray(new X509Certificate[0]));
			KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX", provider);
			factory.init(store, new char[0]);
			return factory.getKeyManagers();
		} catch (IOException impossible) {
			throw new GeneralSecurityException(impossible);
		}
	}
}
