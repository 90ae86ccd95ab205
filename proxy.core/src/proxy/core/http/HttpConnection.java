package proxy.core.http;

/** A client's connection, of any HTTP version. On its loop. */
public interface HttpConnection {

	/** Takes no further request: closes at once when idle, else after the exchanges in progress. */
	void drain();

	/** Closes at once. */
	void abort();
}
