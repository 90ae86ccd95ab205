package proxy.api.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;

/**
 * A certificate chain and its key. Two identities are the same only if they are the same object: a provider keeps
 * handing out one object until the certificate is replaced, and the gateway caches by it.
 */
public final class TlsIdentity {

	private final List<X509Certificate> chain;
	private final PrivateKey key;
	private final String source;

	/**
	 * @param chain leaf first, at least one
	 * @param key the leaf's private key
	 * @param source where it comes from, for people: a file name, "self-signed"
	 */
	public TlsIdentity(List<X509Certificate> chain, PrivateKey key, String source) {
		this.chain = List.copyOf(chain);
		this.key = Objects.requireNonNull(key, "key");
		this.source = Objects.requireNonNull(source, "source");
		if (this.chain.isEmpty()) {
			throw new IllegalArgumentException(source + ": a certificate chain needs at least one certificate");
		}
	}

	public List<X509Certificate> chain() {
		return chain;
	}

	public X509Certificate leaf() {
		return chain.get(0);
	}

	public PrivateKey key() {
		return key;
	}

	public String source() {
		return source;
	}

	@Override
	public String toString() {
		return source;
	}
}
