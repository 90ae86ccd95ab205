package proxy.upstream.http;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import proxy.api.http.ExchangeHandler;
import proxy.api.http.Failure;
import proxy.api.http.FieldSection;
import proxy.api.http.HttpExchange;
import proxy.api.transport.ConnectHandler;
import proxy.api.transport.Transport;

/**
 * One exchange on its way: connects, sends, and tries again where that is safe. A request is sent again only if no octet
 * of a response has come, it is idempotent (RFC 9110 section 9.2.2) and has no content.
 */
final class Forwarding implements ExchangeHandler, ConnectHandler {

	private final HttpProxyService service;
	private final HttpExchange exchange;
	private final ProxyLoop shared;
	private List<Target> tried = List.of();
	private Target target;
	private UpstreamConnection connection;
	private boolean ended;

	Forwarding(HttpProxyService service, HttpExchange exchange, ProxyLoop shared) {
		this.service = service;
		this.exchange = exchange;
		this.shared = shared;
	}

	void start() {
		exchange.handler(this);
		attempt(service.choose(tried), null, null);
	}

	/** @param failure what to answer when there is no upstream left, with its cause; null before the first attempt */
	private void attempt(Target next, Failure failure, Throwable cause) {
		if (next == null) {
			end();
			exchange.fail(failure == null ? Failure.NO_UPSTREAM : failure, cause);
			return;
		}
		target = next;
		exchange.answeredBy(service.name(), next.upstream().name());
		UpstreamConnection idle = next.take(exchange.loop());
		while (idle != null && !isReplayable() && !idle.isAlive()) {
			idle = next.take(exchange.loop());
		}
		if (idle != null) {
			send(idle);
		} else {
			connect();
		}
	}

	private void connect() {
		exchange.loop().connect(
				target.upstream().address(), target.tls(), service.config().connect_timeout_ms(), this);
	}

	@Override
	public void connected(Transport transport) {
		UpstreamConnection fresh = new UpstreamConnection(target, transport, service.config(), shared);
		if (ended) {
			fresh.release();
		} else {
			send(fresh);
		}
	}

	@Override
	public void failed(Throwable cause) {
		if (!ended) {
			service.unreachable();
			Failure failure = cause instanceof SocketTimeoutException ? Failure.CONNECT_TIMEOUT : Failure.CONNECT_FAILED;
			exclude();
			attempt(service.choose(tried), failure, cause);
		}
	}

	private void exclude() {
		List<Target> more = new ArrayList<>(tried);
		more.add(target);
		tried = more;
	}

	private void send(UpstreamConnection to) {
		connection = to;
		try {
			to.begin(this, exchange, service.config());
			if (exchange.request().hasContent()) {
				exchange.receive();
			}
		} catch (IOException broken) {
			lost(to, broken);
		}
	}

	/** The connection broke before anything of a response came. */
	void lost(UpstreamConnection broken, Throwable cause) {
		if (ended) {
			return;
		}
		broken.abort();
		connection = null;
		boolean replayable = isReplayable();
		if (replayable && broken.isReused()) {
			// the upstream had closed it while it was waiting: nothing is wrong with the upstream
			connect();
		} else if (replayable) {
			exclude();
			attempt(service.choose(tried), Failure.UPSTREAM_CLOSED, cause);
		} else {
			fail(Failure.UPSTREAM_CLOSED, cause);
		}
	}

	/** Whether the upstream that it waits for is no longer one of the service's. */
	boolean isAstray() {
		return service.isGone(target);
	}

	/** There will be no proper response. */
	void fail(Failure failure, Throwable cause) {
		if (!ended) {
			end();
			exchange.fail(failure, cause);
		}
	}

	/** The response is complete as far as this side goes. */
	void end() {
		ended = true;
		connection = null;
	}

	/** Content is not kept, so that what has been asked for cannot be sent twice. */
	private boolean isReplayable() {
		return !exchange.request().hasContent() && isIdempotent();
	}

	private boolean isIdempotent() {
		return switch (exchange.request().method()) {
			case "GET", "HEAD", "OPTIONS", "PUT", "DELETE" -> true;
			default -> false;
		};
	}

	@Override
	public boolean onContent(ByteBuffer chunk) {
		return connection == null || connection.sendContent(chunk);
	}

	@Override
	public void onContentEnd(FieldSection trailers) {
		if (connection != null) {
			connection.endContent(trailers);
		}
	}

	@Override
	public void onWritable() {
		if (connection != null) {
			connection.resumeResponse();
		}
	}

	@Override
	public void onAborted(Failure failure, Throwable cause) {
		UpstreamConnection current = connection;
		end();
		if (current != null) {
			current.abort();
		}
	}
}
