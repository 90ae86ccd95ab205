package proxy.core.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.http.Failure;

/** Tells the operator of failing upstreams, once a second for each service and kind of failure. */
public final class FailureLog {

	private static final Logger LOG = LoggerFactory.getLogger("gatehouse.failures");

	private final Map<String, Quota> quotas = new ConcurrentHashMap<>();

	void log(Exchange exchange, Failure failure, Throwable cause) {
		if (failure.origin() == Failure.Origin.CLIENT || failure == Failure.NO_ROUTE || failure == Failure.FORBIDDEN) {
			return;
		}
		String service = exchange.service() == null ? "" : exchange.service();
		Quota quota = quotas.computeIfAbsent(service + failure, key -> new Quota());
		int suppressed = quota.take(exchange.loop().now());
		if (suppressed < 0) {
			return;
		}
		var event = (failure == Failure.INTERNAL ? LOG.atError().setCause(cause) : LOG.atWarn())
				.addKeyValue("service", service)
				.addKeyValue("failure", failure.name().toLowerCase(java.util.Locale.ROOT))
				.addKeyValue("status", failure.status());
		if (exchange.upstream() != null) {
			event = event.addKeyValue("upstream", exchange.upstream());
		}
		if (cause != null) {
			event = event.addKeyValue("reason", reason(cause));
		}
		if (suppressed > 0) {
			event = event.addKeyValue("not_logged", suppressed);
		}
		event.log("request failed");
	}

	private static String reason(Throwable cause) {
		return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
	}
}
