package proxy.api.upstream;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * What a name stands for.
 *
 * @param addresses in order of preference; with port 0 unless the name was one of SRV records; empty when it is certain
 *     that there are none
 * @param validFor when to ask again
 */
public record Resolution(List<InetSocketAddress> addresses, Duration validFor) {

	public Resolution {
		addresses = List.copyOf(addresses);
	}
}
