package proxy.api.transport;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * How the gateway speaks TLS as a client.
 *
 * @param serverName the name for SNI (RFC 6066 section 3) and for checking the certificate; an IP literal is checked
 *     but not sent
 * @param verify whether the certificate must be valid for the name; false is for tests and self-signed upstreams
 * @param roots the accepted authorities; empty for the system's
 * @param protocols ALPN names offered (RFC 7301), in order; empty for none
 */
public record ClientTls(String serverName, boolean verify, List<X509Certificate> roots, List<String> protocols) {

	public ClientTls {
		roots = List.copyOf(roots);
		protocols = List.copyOf(protocols);
	}
}
