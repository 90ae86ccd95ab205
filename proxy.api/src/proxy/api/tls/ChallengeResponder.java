package proxy.api.tls;

import org.osgi.annotation.versioning.ConsumerType;

/** Answers the challenges of a certificate authority (RFC 8555 section 8, RFC 8737). Asked on an event loop: never block. */
@ConsumerType
public interface ChallengeResponder {

	/** The key authorization for an http-01 token, or null when the token is not this responder's. */
	String keyAuthorization(String token);

	/**
	 * The certificate with the acmeIdentifier extension for a handshake that offers exactly {@code acme-tls/1}, or null
	 * when no challenge for the name is pending here.
	 *
	 * @param serverName from SNI, lower case; for an IP identifier its reverse name (RFC 8738)
	 */
	TlsIdentity challengeCertificate(String serverName);
}
