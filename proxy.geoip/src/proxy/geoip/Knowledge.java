package proxy.geoip;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.function.BiConsumer;
import proxy.api.rule.FactProvider.ClientFacts;

/**
 * The databases in force, as one. Remembers what it has been asked, in a table of fixed size in which a new address takes
 * the place of an old one: to ask again costs a look into it, on any thread, without locks.
 */
final class Knowledge {

	private static final int REMEMBERED_BITS = 13;

	private final List<Database> databases;
	private final BiConsumer<Database, String> damage;
	/** Entries are immutable: a thread that does not see one yet looks it up itself. */
	private final Answer[] remembered = new Answer[1 << REMEMBERED_BITS];

	private record Answer(InetAddress address, ClientFacts facts) {}

	/** @param damage is told of databases that turn out to be damaged, and how */
	Knowledge(List<Database> databases, BiConsumer<Database, String> damage) {
		this.databases = List.copyOf(databases);
		this.damage = damage;
	}

	ClientFacts lookup(InetAddress address) {
		int place = address.hashCode() * 0x9E3779B9 >>> 32 - REMEMBERED_BITS;
		Answer known = remembered[place];
		if (known != null && known.address.equals(address)) {
			return known.facts;
		}
		ClientFacts facts = isPublic(address) ? ask(address) : ClientFacts.UNKNOWN;
		remembered[place] = new Answer(address, facts);
		return facts;
	}

	/** No database knows anything of the others. */
	private static boolean isPublic(InetAddress address) {
		boolean unique = address instanceof Inet6Address && (address.getAddress()[0] & 0xFE) == 0xFC;
		return !unique
				&& !address.isLoopbackAddress()
				&& !address.isMulticastAddress()
				&& !address.isSiteLocalAddress()
				&& !address.isLinkLocalAddress()
				&& !address.isAnyLocalAddress();
	}

	private ClientFacts ask(InetAddress address) {
		ClientFacts all = ClientFacts.UNKNOWN;
		for (Database database : databases) {
			try {
				all = with(all, database.lookup(address));
			} catch (IOException | RuntimeException e) {
				damage.accept(database, "it is damaged at " + address.getHostAddress() + ": " + e.getMessage());
			}
		}
		return all;
	}

	private static ClientFacts with(ClientFacts first, ClientFacts second) {
		boolean hasCountry = !first.country().equals(ClientFacts.UNKNOWN.country());
		return new ClientFacts(first.asn() == 0 ? second.asn() : first.asn(), hasCountry ? first.country() : second.country());
	}
}
