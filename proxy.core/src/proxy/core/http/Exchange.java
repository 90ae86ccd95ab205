package proxy.core.http;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.http.ExchangeHandler;
import proxy.api.http.ExchangeListener;
import proxy.api.http.Failure;
import proxy.api.http.FieldSection;
import proxy.api.http.HttpExchange;
import proxy.api.http.RequestHead;
import proxy.api.http.ResponseHead;
import proxy.api.rule.RequestFacts;
import proxy.api.transport.EventLoop;
import proxy.api.transport.TlsSession;
import proxy.api.transport.Transport;

/** What exchanges of all HTTP versions have in common. Reused from request to request. */
public abstract class Exchange implements HttpExchange {

	private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
	private static final String NO_STORE = "private, no-cache, no-store, must-revalidate";

	private final RequestHead request;
	private final Facts facts = new Facts(this);
	private Endpoint endpoint;
	private Transport transport;
	private long startedAt;
	private RoutingTable table;
	private ExchangeHandler handler;
	private Failure failure;
	private String service;
	private String upstream;
	private int status;
	private boolean ended = true;
	protected long received;
	protected long sent;

	protected Exchange(FieldSection fields) {
		request = new RequestHead(fields);
	}

	/** The head is complete: the exchange begins. */
	protected final void begin(Endpoint newEndpoint, Transport newTransport) {
		endpoint = newEndpoint;
		transport = newTransport;
		startedAt = newTransport.loop().now();
		table = null;
		handler = null;
		failure = null;
		service = null;
		upstream = null;
		status = 0;
		received = 0;
		sent = 0;
		ended = false;
		facts.reset();
	}

	/** The exchange is over, whatever its end; told once. */
	protected final void end(Failure why) {
		if (ended) {
			return;
		}
		ended = true;
		if (why != null) {
			failure = why;
		}
		handler = null;
		ExchangeListener[] listeners = table == null ? endpoint.dispatcher().table().listeners() : table.listeners();
		if (listeners.length > 0) {
			tell(listeners);
		}
	}

	private void tell(ExchangeListener[] listeners) {
		ExchangeListener.Outcome outcome = new ExchangeListener.Outcome(
				status, failure, service, upstream, received, sent, System.nanoTime() - startedAt);
		for (ExchangeListener listener : listeners) {
			try {
				listener.finished(this, outcome);
			} catch (RuntimeException | Error bug) {
				LOG.error("an exchange listener failed unexpectedly", bug);
			}
		}
	}

	/** The client is gone or at fault in the middle of the exchange: the service is told, and it is over. */
	public final void abandon(Failure why, Throwable cause) {
		if (ended) {
			return;
		}
		ExchangeHandler told = handler;
		end(why);
		if (told != null) {
			told.onAborted(why, cause);
		}
	}

	/** The client is at fault, but may still be answered: the service is told, and the exchange fails. */
	protected final void refuse(Failure why, Throwable cause) {
		ExchangeHandler told = handler;
		handler = null;
		if (told != null) {
			told.onAborted(why, cause);
		}
		fail(why, cause);
	}

	@Override
	public void fail(Failure why, Throwable cause) {
		if (ended) {
			return;
		}
		failure = why;
		endpoint.dispatcher().failures().log(this, why, cause);
		if (responded()) {
			breakOff(why);
			return;
		}
		String text = why == Failure.FORBIDDEN ? why.reason() : why.status() + " " + why.reason();
		ResponseHead head = new ResponseHead().status(why.status());
		head.fields().add("cache-control", NO_STORE);
		head.fields().add("content-type", "text/plain; charset=utf-8");
		if (why.status() == 503) {
			head.fields().add("retry-after", "1");
		}
		respond(head, ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), true);
	}

	/** What the service had to wait for has been sent. */
	public final void writable() {
		if (handler != null) {
			handler.onWritable();
		}
	}

	/** Breaks the response off so that the client cannot take it for whole, and ends the exchange. */
	protected abstract void breakOff(Failure why);

	protected final void status(int code) {
		status = code;
	}

	public final boolean isEnded() {
		return ended;
	}

	protected final ExchangeHandler handler() {
		return handler;
	}

	@Override
	public final void handler(ExchangeHandler next) {
		handler = next;
	}

	final void table(RoutingTable decidedBy) {
		table = decidedBy;
	}

	public final Endpoint endpoint() {
		return endpoint;
	}

	protected final Transport transport() {
		return transport;
	}

	@Override
	public final EventLoop loop() {
		return transport.loop();
	}

	@Override
	public final RequestHead request() {
		return request;
	}

	@Override
	public final RequestFacts facts() {
		return facts;
	}

	@Override
	public final String listener() {
		return endpoint.name();
	}

	@Override
	public final String scheme() {
		return endpoint.scheme();
	}

	@Override
	public final InetSocketAddress peer() {
		return transport.remoteAddress();
	}

	@Override
	public final boolean fromTrustedProxy() {
		return endpoint.limits().trustedProxies().test(peer().getAddress());
	}

	@Override
	public final InetSocketAddress local() {
		return transport.localAddress();
	}

	@Override
	public final TlsSession tls() {
		return transport.tls();
	}

	@Override
	public final long startedAt() {
		return startedAt;
	}

	@Override
	public final void answeredBy(String byService, String byUpstream) {
		service = byService;
		upstream = byUpstream;
	}

	final String service() {
		return service;
	}

	final String upstream() {
		return upstream;
	}
}
