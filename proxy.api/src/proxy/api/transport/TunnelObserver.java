package proxy.api.transport;

import org.osgi.annotation.versioning.ConsumerType;

/** Told once when a tunnel has ended. */
@ConsumerType
public interface TunnelObserver {

	/**
	 * @param received bytes from the client to the upstream
	 * @param sent bytes from the upstream to the client
	 * @param cause why it broke, or null when both sides had ended their direction
	 */
	void ended(long received, long sent, Throwable cause);
}
