package proxy.core.http;

import java.net.InetAddress;
import proxy.api.http.Field;
import proxy.api.http.FieldSection;
import proxy.core.loop.AddressLiteral;

/** The client behind trusted proxies: the right-most address of X-Forwarded-For that is not a trusted proxy's. */
final class ForwardedFor {

	private ForwardedFor() {}

	static InetAddress client(Exchange exchange) {
		InetAddress client = exchange.peer().getAddress();
		if (!exchange.fromTrustedProxy()) {
			return client;
		}
		FieldSection fields = exchange.request().fields();
		for (int i = fields.size() - 1; i >= 0; i--) {
			if (fields.field(i) != Field.X_FORWARDED_FOR) {
				continue;
			}
			String hops = fields.value(i);
			int comma;
			for (int end = hops.length(); end >= 0; end = comma) {
				comma = hops.lastIndexOf(',', end - 1);
				String hop = hops.substring(comma + 1, end).trim();
				if (hop.isEmpty()) {
					continue; // RFC 9110 section 5.6.1
				}
				InetAddress address = AddressLiteral.parse(hop);
				if (address == null) {
					return client;
				}
				client = address;
				if (!exchange.endpoint().limits().trustedProxies().test(address)) {
					return client;
				}
			}
		}
		return client;
	}
}
