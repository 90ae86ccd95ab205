package proxy.api.tcp;

import org.osgi.annotation.versioning.ConsumerType;
import proxy.api.http.Failure;

/** Told once of every connection of a TCP listener that has ended, whatever its end (access log, metrics). */
@ConsumerType
public interface TcpConnectionListener {

	/** Called on the connection's loop: take what is needed, at once, and do slow things elsewhere. Must not throw. */
	void ended(TcpConnection connection, Outcome outcome);

	/** How a connection ended. */
	enum End {
		/** Both sides had ended their direction. */
		CLOSED,
		/** One side broke it off. */
		BROKEN,
		/** Nothing moved for too long. */
		IDLE,
		/** Its listener or service has gone, or the gateway ends. */
		CUT,
		/** It could not be served. */
		FAILED
	}

	/**
	 * How a connection ended.
	 *
	 * @param failure what went wrong, or null if it was served
	 * @param reason the words of what went wrong, or null
	 * @param service the service that it was routed to, or null
	 * @param upstream the upstream that it was joined with, or that failed last, or null
	 * @param received octets received from the client
	 * @param sent octets sent to the client
	 * @param nanos from its beginning to its end
	 */
	record Outcome(
			End end, Failure failure, String reason, String service, String upstream, long received, long sent, long nanos) {}
}
