package proxy.api.rule;

import java.net.InetAddress;
import org.osgi.annotation.versioning.ConsumerType;

/** Knows more about a client's address (geo-IP). Asked on event loops when an expression or a header needs it: never block. */
@ConsumerType
public interface FactProvider {

	/** What is known of the address; {@link ClientFacts#UNKNOWN} when nothing is. */
	ClientFacts lookup(InetAddress address);

	/**
	 * @param asn autonomous system number, 0 when unknown
	 * @param country ISO 3166-1 alpha-2, "XX" when unknown
	 */
	record ClientFacts(long asn, String country) {

		public static final ClientFacts UNKNOWN = new ClientFacts(0, "XX");
	}
}
