package proxy.core.http;

import java.net.InetAddress;
import java.util.function.Predicate;

/**
 * A listener's limits.
 *
 * @param headOctets of a request's head
 * @param headMillis for a request's head, from its first octet
 * @param idleMillis between two requests of a connection
 * @param stallMillis without an octet of content moving, in either direction
 * @param contentRate octets a second of a request's content that have to come on average while they are waited for; 0 for none
 * @param connections at once, all of the listener's
 * @param trustedProxies the peers whose X-Forwarded-* fields are believed
 */
public record Limits(
		int headOctets,
		long headMillis,
		long idleMillis,
		long stallMillis,
		long contentRate,
		int connections,
		Predicate<InetAddress> trustedProxies) {}
