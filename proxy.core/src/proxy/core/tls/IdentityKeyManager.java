package proxy.core.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import proxy.api.tls.TlsIdentity;

/** Shows one certificate. */
final class IdentityKeyManager extends X509ExtendedKeyManager {

	private static final String ALIAS = "identity";

	private final X509Certificate[] chain;
	private final PrivateKey key;

	/** Keeps the chain and the key but not the identity, which is what contexts are cached by. */
	IdentityKeyManager(TlsIdentity identity, PrivateKey key) {
		chain = identity.chain().toArray(new X509Certificate[0]);
		this.key = key;
	}

	/** Engines ask once for each type of key they could use. */
	@Override
	public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
		String algorithm = chain[0].getPublicKey().getAlgorithm();
		return keyType.equals(algorithm) || keyType.startsWith(algorithm + "_") ? ALIAS : null;
	}

	@Override
	public X509Certificate[] getCertificateChain(String alias) {
		return chain.clone();
	}

	@Override
	public PrivateKey getPrivateKey(String alias) {
		return key;
	}

	@Override
	public String[] getServerAliases(String keyType, Principal[] issuers) {
		return new String[] {ALIAS};
	}

	@Override
	public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
		return chooseEngineServerAlias(keyType, issuers, null);
	}

	@Override
	public String[] getClientAliases(String keyType, Principal[] issuers) {
		return null;
	}

	@Override
	public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
		return null;
	}
}
