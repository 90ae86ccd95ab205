package proxy.core.http;

import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.rule.FactProvider.ClientFacts;

/** Knows nobody. A rule or route that asks is never true of anybody's country, which an operator should hear of. */
final class NoClientLookup implements ClientLookup {

	private static final Logger LOG = LoggerFactory.getLogger("gatehouse.geoip");

	private final AtomicBoolean said = new AtomicBoolean();

	@Override
	public ClientFacts lookup(InetAddress address) {
		if (!said.get() && said.compareAndSet(false, true)) {
			LOG.warn("geoip: a rule or route asks for client.country or client.asn, and no database is loaded: all clients are XX and 0");
		}
		return null;
	}
}
