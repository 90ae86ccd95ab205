package proxy.core.http;

import java.net.InetAddress;
import proxy.api.rule.FactProvider.ClientFacts;

/** All fact providers as one: the first that knows the address, or null. */
@FunctionalInterface
public interface ClientLookup {

	/** There is nobody to ask. */
	ClientLookup NOBODY = address -> null;

	ClientFacts lookup(InetAddress address);
}
