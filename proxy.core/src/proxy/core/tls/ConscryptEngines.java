package proxy.core.tls;

import java.security.GeneralSecurityException;
import java.security.Provider;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import org.conscrypt.Conscrypt;
import proxy.api.tls.TlsIdentity;

/** BoringSSL by way of Conscrypt. */
final class ConscryptEngines extends TlsEngines {

	private final Provider provider;

	ConscryptEngines() {
		Conscrypt.checkAvailability();
		provider = Conscrypt.newProvider();
	}

	@Override
	public String description() {
		Conscrypt.Version version = Conscrypt.version();
		return "Conscrypt " + version.major() + "." + version.minor() + "." + version.patch() + " (X25519MLKEM768)";
	}

	@Override
	Provider provider() {
		return provider;
	}

	@Override
	KeyManager[] keyManagers(TlsIdentity identity) throws GeneralSecurityException {
		return new KeyManager[] {new IdentityKeyManager(identity, convert(identity.key(), provider))};
	}

	@Override
	void configure(SSLEngine engine) {
		// without it TLS 1.3 sends no tickets, so nothing can be resumed
		Conscrypt.setUseSessionTickets(engine, true);
	}
}
