package proxy.core.http;

/** A client's connection, of any protocol. On its loop. */
public interface ClientConnection {

	/**
	 * Takes no further request: closes when it has been idle for so long, else after the exchanges in progress, and tells
	 * the client as soon as its protocol allows.
	 *
	 * @param idleMillis how long an idle connection may still bring a request, which is then its last; 0 to close it now
	 */
	void drain(long idleMillis);

	/** Closes at once. */
	void abort();
}
