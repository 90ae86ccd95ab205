package proxy.core.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import proxy.api.http.Field;
import proxy.api.http.FieldSection;

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
			String[] hops = fields.value(i).split(",");
			for (int hop = hops.length - 1; hop >= 0; hop--) {
				InetAddress address = literal(hops[hop].trim());
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

	/** An address that is written as one; names are never looked up. */
	private static InetAddress literal(String text) {
		boolean plausible = !text.isEmpty() && text.chars().allMatch(c -> "0123456789abcdefABCDEF:.".indexOf(c) >= 0)
				&& (text.indexOf(':') >= 0 || text.chars().filter(c -> c == '.').count() == 3);
		if (!plausible) {
			return null;
		}
		try {
			return InetAddress.getByName(text);
		} catch (UnknownHostException notAnAddress) {
			return null;
		}
	}
}
