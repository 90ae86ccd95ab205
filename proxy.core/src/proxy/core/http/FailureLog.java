package proxy.core.http;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import proxy.api.http.Failure;
import proxy.api.transport.EventLoop;
import proxy.core.loop.Quota;

/** Tells the operator of failing upstreams, once a second for each service and kind of failure. */
public final class FailureLog {

	private static final Logger LOG = LoggerFactory.getLogger("gatehouse.failures");

	private final Map<String, Quota> quotas = new ConcurrentHashMap<>();

	void log(Exchange exchange, Failure failure, Throwable cause) {
		LoggingEventBuilder event = event(exchange.loop(), exchange.service(), exchange.upstream(), failure, cause);
		if (event != null) {
			event.addKeyValue("status", failure.status()).log("request failed");
		}
	}

	/** A connection that is not of HTTP could not be served. */
	public void connection(EventLoop loop, String service, String upstream, Failure failure, Throwable cause) {
		LoggingEventBuilder event = event(loop, service, upstream, failure, cause);
		if (event != null) {
			event.log("connection failed");
		}
	}

	/** The line to be, or null when there is to be none. */
	private LoggingEventBuilder event(EventLoop loop, String by, String upstream, Failure failure, Throwable cause) {
		if (failure.origin() == Failure.Origin.CLIENT || failure == Failure.NO_ROUTE || failure == Failure.FORBIDDEN) {
			return null;
		}
		String service = by == null ? "" : by;
		Quota quota = quotas.computeIfAbsent(service + failure, key -> new Quota());
		int suppressed = quota.take(loop.now());
		if (suppressed < 0) {
			return null;
		}
		LoggingEventBuilder event = (failure == Failure.INTERNAL ? LOG.atError().setCause(cause) : LOG.atWarn())
				.addKeyValue("service", service)
				.addKeyValue("failure", failure.name().toLowerCase(Locale.ROOT));
		if (upstream != null) {
			event = event.addKeyValue("upstream", upstream);
		}
		if (cause != null) {
			event = event.addKeyValue("reason", reason(cause));
		}
		return suppressed > 0 ? event.addKeyValue("not_logged", suppressed) : event;
	}

	/** Why, for people. */
	public static String reason(Throwable cause) {
		return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
	}
}
