package proxy.api.tcp;

import java.net.InetSocketAddress;
import org.osgi.annotation.versioning.ProviderType;
import proxy.api.http.Failure;
import proxy.api.rule.RequestFacts;
import proxy.api.transport.EventLoop;
import proxy.api.transport.Transport;

/**
 * A client's connection to a TCP listener. Bound to one event loop: all calls happen on its thread, none of them blocks. It
 * ends when its transport is closed, by whomever; the gateway keeps count of it by itself.
 */
@ProviderType
public interface TcpConnection {

	EventLoop loop();

	/** The stream; reading is paused. What the gateway has looked at already is read from it first. */
	Transport transport();

	/** The connection as routes see it; what only requests have is "". */
	RequestFacts facts();

	/** The name of the listener that accepted the connection. */
	String listener();

	/** Who the client is: the TCP peer, or whom a PROXY header from a trusted peer names. */
	InetSocketAddress client();

	/** The address that the client connected to: this side's, or what the PROXY header says. */
	InetSocketAddress destination();

	/**
	 * Joins the client with an upstream, for good: see {@link EventLoop#tunnel}. The tunnel outlives the service's bundle, but
	 * not for long its listener, or a service that is no longer configured.
	 *
	 * @param name the upstream's, for logs
	 * @param idleMillis how long nothing may move, in milliseconds; 0 for ever
	 */
	void tunnel(Transport upstream, String name, long idleMillis);

	/**
	 * The connection cannot be served: resets it, and tells the operator.
	 *
	 * @param upstream the one that failed last, or null
	 * @param cause for the log, or null
	 */
	void fail(Failure failure, String upstream, Throwable cause);
}
