package proxy.api.transport;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One selector thread and everything it owns.
 *
 * <p>All methods but {@link #execute}, {@link #index}, {@link #count} and {@link #inLoop} are for the loop's own thread.
 */
@ProviderType
public interface EventLoop extends Executor {

	/** This loop's number, from 0; it never changes, so it may index an array of per-loop state. */
	int index();

	/** How many loops the gateway runs; constant while the gateway is active. */
	int count();

	/** Whether the caller is on this loop's thread. */
	boolean inLoop();

	/** Runs the task on the loop, soon; any thread may call. A task that throws is logged and the loop goes on. */
	@Override
	void execute(Runnable task);

	/** The time of this turn of the loop, in nanoseconds of {@link System#nanoTime()}; cheap, at most one turn old. */
	long now();

	/**
	 * The loop's direct input buffer, cleared. It is lent until the current callback returns, and to one borrower at a
	 * time: read into it, hand slices of it on, never keep one.
	 */
	ByteBuffer scratch();

	/** A new time limit whose expiry runs the task on this loop; unarmed until {@link Deadline#after} is called. */
	Deadline deadline(Runnable expired);

	/**
	 * Opens a connection; the outcome is told on this loop, never before this call has returned.
	 *
	 * @param tls how to speak TLS on it, or null for a plain connection
	 * @param timeoutMillis limit for the connect and the TLS handshake together
	 */
	void connect(SocketAddress address, ClientTls tls, int timeoutMillis, ConnectHandler handler);

	/**
	 * Copies bytes between two connections of this loop until both directions have ended, either one fails, or none has
	 * moved a byte for the idle limit; half-closes are passed on. A client that ends its TLS without close_notify
	 * is not taken to have ended: unless this is a WebSocket, the upstream's connection is aborted a moment later. The loop
	 * owns both connections from here on: they outlive the bundle that joined them.
	 *
	 * @param idleMillis idle limit in milliseconds, 0 for none
	 * @param observer told once, at the end
	 */
	void tunnel(Transport client, Transport upstream, long idleMillis, TunnelObserver observer);
}
