package proxy.api.http;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.osgi.annotation.versioning.ProviderType;
import proxy.api.rule.RequestFacts;
import proxy.api.transport.EventLoop;
import proxy.api.transport.TlsSession;
import proxy.api.transport.Transport;

/**
 * One request and its response. Bound to one event loop: all calls happen on its thread, none of them blocks, and none
 * may come after the exchange has ended (by the last octet of the response, by {@link #fail}, or by
 * {@link ExchangeHandler#onAborted}).
 *
 * <p>Content flows by chunks and with back-pressure in both directions. Towards the service: {@link #receive} starts it,
 * a handler that returns false pauses it, {@link #resume} goes on. Towards the client: {@link #respond} and {@link #send}
 * take what they are given and return false when the service should wait for {@link ExchangeHandler#onWritable}.
 */
@ProviderType
public interface HttpExchange {

	EventLoop loop();

	RequestHead request();

	/** The request as expressions see it. */
	RequestFacts facts();

	/** The name of the listener that took the request. */
	String listener();

	/** {@code http} or {@code https}. */
	String scheme();

	/** The TCP peer. */
	InetSocketAddress peer();

	/** Whether the peer is a proxy whose X-Forwarded-* fields are to be believed. */
	boolean fromTrustedProxy();

	/** The address the peer connected to. */
	InetSocketAddress local();

	/** What TLS agreed on, or null. */
	TlsSession tls();

	/** The {@link EventLoop#now()} at which the request's head was complete. */
	long startedAt();

	/** Who is told what happens from here on. A service sets it before it returns from {@link HttpService#handle}, unless it has answered by then. */
	void handler(ExchangeHandler handler);

	/**
	 * Starts the delivery of the request's content to the handler; may deliver before it returns. A pending
	 * {@code Expect: 100-continue} is <em>not</em> answered by this; see {@link #inform}.
	 */
	void receive();

	/** Goes on after {@link ExchangeHandler#onContent} returned false; may deliver before it returns. */
	void resume();

	/** Sends an interim response, 100 to 199 but not 101 (RFC 9110 section 15.2); ignored for HTTP/1.0 clients. */
	void inform(ResponseHead head);

	/**
	 * Sends the response's head with as much content as there is. The gateway writes the framing: a Content-Length among
	 * the fields is kept and held to, otherwise the length is known if this is all, otherwise the content is delimited as
	 * the client's protocol allows. Connection-specific fields are dropped. For HEAD, 204 and 304 no content is sent.
	 *
	 * @param content the first or only chunk, or null; it is the caller's again on return, but a read-only one's octets must never change:
	 *     what a client has not taken yet may be sent from there later
	 * @param last whether that is all
	 * @return false when the service should wait for {@link ExchangeHandler#onWritable()} before sending more
	 */
	boolean respond(ResponseHead head, ByteBuffer content, boolean last);

	/** Sends more content; as for {@link #respond}. */
	boolean send(ByteBuffer content, boolean last);

	/**
	 * Whether {@link #send(FileChannel, long, long)} may be used: content of a file then reaches the client without a copy of it being
	 * made. Not with TLS, and not with HTTP/2, which has to put it into frames.
	 */
	default boolean sendsFiles() {
		return false;
	}

	/**
	 * Sends more content, the octets of a file; neither the first nor the last of the response, whose length has been declared. What is
	 * not in the system's memory yet is read on the event loop, so it should be. The file has to stay open until all of
	 * it has been sent or the exchange has ended; one that has become shorter breaks the connection off.
	 *
	 * @param position of the first octet in the file
	 * @param count how many octets
	 * @return false when there are octets still to be sent: nothing else may be sent before {@link ExchangeHandler#onWritable()}
	 * @throws UnsupportedOperationException unless {@link #sendsFiles()}
	 */
	default boolean send(FileChannel file, long position, long count) {
		throw new UnsupportedOperationException();
	}

	/** Ends the response with a trailer section; it is dropped when the client's protocol or framing has no place for it. */
	void sendTrailers(FieldSection trailers);

	/** Whether {@link #respond}, {@link #fail} or {@link #upgrade} has been called. */
	boolean responded();

	/**
	 * The only way from trouble to a response: answers with the failure's status when nothing has been sent yet, otherwise
	 * breaks the response off so that the client cannot take it for whole.
	 *
	 * @param cause for the log, or null
	 */
	void fail(Failure failure, Throwable cause);

	/**
	 * Answers a request for an HTTP/1.1 Upgrade with 101 and hands the connection over (RFC 9110 section 7.8). The
	 * exchange ends when {@link #upgraded} is called.
	 *
	 * @param head status 101 with its fields; Connection and Upgrade among them are sent as they are
	 * @return the client's connection; octets that came behind the request are read from it first
	 */
	Transport upgrade(ResponseHead head);

	/** Tells how an upgraded connection ended, for the log: octets from and to the client. */
	void upgraded(long received, long sent);

	/** Whether the client asked for an upgrade that may be forwarded: HTTP/1.1, {@code Connection: upgrade}, an Upgrade field, and not h2c. */
	boolean wantsUpgrade();

	/** Whether the client waits for a 100 before it sends content (RFC 9110 section 10.1.1). */
	boolean expectsContinue();

	/** Notes who answered, for logs: the service's name, the upstream's name and address (null for none). */
	void answeredBy(String service, String upstream);
}
