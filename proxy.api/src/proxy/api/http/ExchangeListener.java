package proxy.api.http;

import org.osgi.annotation.versioning.ConsumerType;

/** Told once of every exchange that has ended, whatever its end (access log, metrics). */
@ConsumerType
public interface ExchangeListener {

	/**
	 * Called on the exchange's loop, before its buffers are reused: take what is needed, at once, and do slow things
	 * elsewhere. Must not throw.
	 */
	void finished(HttpExchange exchange, Outcome outcome);

	/**
	 * How an exchange ended.
	 *
	 * @param status the status sent, 0 when none was
	 * @param failure what went wrong, or null
	 * @param service the service that answered, or null
	 * @param upstream the upstream that answered, or null
	 * @param received octets of content received from the client
	 * @param sent octets of content sent to the client
	 * @param nanos from the request's head to the end
	 */
	record Outcome(
			int status, Failure failure, String service, String upstream, long received, long sent, long nanos) {}
}
