/**
 * Certificates from an authority by ACME (RFC 8555).
 *
 * <p>{@code AcmeCertificates} is the service: it answers handshakes and challenges from memory. {@code Renewals} decides on
 * one control thread what is due ({@code Domain}: a name's state; {@code RenewalTime}, {@code Pauses}: when), and runs each
 * {@code Issuance} on a few order threads. {@code CertificateAuthority} is the connection and the account.
 *
 * <p>Nothing here stops the gateway: an authority that is down or refuses is a problem that is told, and tried again.
 * What was issued is served from memory at once, and stored as {@code DOMAIN.pem} and {@code DOMAIN.key}.
 */
package proxy.tls.acme;
