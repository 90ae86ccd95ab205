package proxy.core.http;

import java.net.InetAddress;
import proxy.api.rule.FactProvider.ClientFacts;

/** All fact providers as one: the first that knows the address, or null. */
@FunctionalInterface
public interface ClientLookup {

	/** There is nobody to ask; who asks all the same is heard in the log, once. */
	ClientLookup NOBODY = new NoClientLookup();

	ClientFacts lookup(InetAddress address);
}
