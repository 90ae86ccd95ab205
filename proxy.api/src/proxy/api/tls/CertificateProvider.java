package proxy.api.tls;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Knows certificates. Providers are asked in {@code service.ranking} order, at every handshake, on an event loop: answer
 * from memory, at once, never block. Giving out a new {@link TlsIdentity} replaces the certificate for the next
 * handshake; connections that stand are not touched.
 */
@ConsumerType
public interface CertificateProvider {

	/**
	 * The certificate for a server name that is covered by it, an exact name or a wildcard of one label (RFC 9525).
	 *
	 * @param serverName the name from SNI in lower case without trailing dot, or "" when the client sent none
	 * @return the identity, or null when this provider has none for the name
	 */
	TlsIdentity identity(String serverName);

	/**
	 * The certificate for clients that sent no name, or a name that no provider knows; asked after every provider has
	 * been asked for the name.
	 *
	 * @return the identity, or null when this provider has no default
	 */
	default TlsIdentity defaultIdentity() {
		return null;
	}
}
