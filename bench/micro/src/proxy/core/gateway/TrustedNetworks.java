package proxy.core.gateway;

import java.net.InetAddress;
import java.util.function.Predicate;

/** The networks of trusted proxies as a listener has them. */
public final class TrustedNetworks {

	private TrustedNetworks() {}

	public static Predicate<InetAddress> of(String... networks) {
		return new Networks("trusted_proxies", networks);
	}
}
