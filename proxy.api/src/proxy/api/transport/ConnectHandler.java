package proxy.api.transport;

import org.osgi.annotation.versioning.ConsumerType;

/** Learns how a connect ended: exactly one of the two is called, once, on the loop that was asked. */
@ConsumerType
public interface ConnectHandler {

	/** The connection stands, TLS handshake included. Install a {@link TransportHandler} before returning. */
	void connected(Transport transport);

	/** It does not: refused, unreachable, timed out ({@link java.net.SocketTimeoutException}) or failed in TLS. */
	void failed(Throwable cause);
}
