package proxy.api.transport;

/**
 * What a TLS handshake agreed on.
 *
 * @param protocol {@code TLSv1.3} or {@code TLSv1.2}
 * @param cipher the cipher suite's IANA name
 * @param serverName the name the client asked for (SNI), lower case, "" when it sent none
 * @param applicationProtocol the ALPN result, "" for none
 */
public record TlsSession(String protocol, String cipher, String serverName, String applicationProtocol) {}
