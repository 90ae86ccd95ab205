package proxy.discovery.dns;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import proxy.api.upstream.Resolution;

/** One lookup: where a name is looked for, and what is made of what is found. */
record Lookup(Settings settings, HostsFile hosts, ResolvConf system, NameServers servers, boolean ipv6) {

	private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
	private static final Comparator<InetSocketAddress> ORDER = Comparator
			.comparing((InetSocketAddress found) -> found.getAddress().getAddress().length)
			.thenComparing(found -> found.getAddress().getHostAddress())
			.thenComparing(InetSocketAddress::getPort);

	private static final Answer NOTHING = new Answer(List.of(), 0, null);

	/** Addresses, and for how many seconds. */
	private record Found(List<InetSocketAddress> addresses, long ttlSeconds) {}

	private static final Found NOWHERE = new Found(List.of(), 0);

	CompletionStage<Resolution> resolve(String name) {
		String plain = name.toLowerCase(Locale.ROOT);
		CompletionStage<Found> found =
				plain.startsWith("_") ? search(plain, this::service) : host(plain);
		return found.thenApply(this::resolution);
	}

	private Resolution resolution(Found found) {
		Duration valid = found.addresses().isEmpty() ? settings.negativeTtl() : settings.valid(found.ttlSeconds());
		return new Resolution(usable(found.addresses()).distinct().sorted(ORDER).toList(), valid);
	}

	/** IPv6 addresses are of no use on a machine without IPv6, if there are others. */
	private Stream<InetSocketAddress> usable(List<InetSocketAddress> all) {
		boolean choice = all.stream().anyMatch(found -> !(found.getAddress() instanceof Inet6Address));
		return all.stream().filter(found -> ipv6 || !choice || !(found.getAddress() instanceof Inet6Address));
	}

	private CompletionStage<Found> host(String name) {
		String relative = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
		// RFC 6761 section 6.3; as in Pingoo, IPv4 alone
		if (relative.equals("localhost") || relative.endsWith(".localhost")) {
			return found(List.of(LOOPBACK));
		}
		List<InetAddress> local = hosts.find(relative);
		return local.isEmpty() ? search(name, this::addresses) : found(local);
	}

	/** Not from DNS: there is no TTL, and looking again costs nothing. */
	private static CompletionStage<Found> found(List<InetAddress> addresses) {
		return CompletableFuture.completedStage(
				new Found(addresses.stream().map(address -> new InetSocketAddress(address, 0)).toList(), 0));
	}

	/** How a full name is looked up. */
	private interface Way {
		CompletionStage<Found> look(Name name);
	}

	private CompletionStage<Found> search(String name, Way way) {
		return first(system.candidates(name).iterator(), way, null);
	}

	/**
	 * A search domain whose servers fail does not hide the others, but then the name may be there as well: that nothing is
	 * found is no answer.
	 *
	 * @param failure of a candidate before, or null
	 */
	private CompletionStage<Found> first(Iterator<String> candidates, Way way, Throwable failure) {
		if (!candidates.hasNext()) {
			return failure == null ? CompletableFuture.completedStage(NOWHERE) : CompletableFuture.failedStage(failure);
		}
		String candidate = candidates.next();
		return look(candidate, way)
				.handle((found, failed) -> found != null && !found.addresses().isEmpty()
						? CompletableFuture.completedStage(found)
						: first(candidates, way, failure != null ? failure : failed))
				.thenCompose(stage -> stage);
	}

	private static CompletionStage<Found> look(String candidate, Way way) {
		try {
			return way.look(Name.fromString(candidate));
		} catch (TextParseException noName) {
			return CompletableFuture.failedStage(new UnknownHostException("it cannot be a name in DNS: " + noName.getMessage()));
		}
	}

	/** Without an answer about IPv4 there is none; one about IPv6 may be missing if there is something of IPv4. */
	private CompletionStage<Found> addresses(Name name) {
		CompletionStage<Answer> six = servers.ask(name, Type.AAAA);
		return servers.ask(name, Type.A).thenCompose(v4 -> (v4.records().isEmpty() ? six : six.exceptionally(failed -> NOTHING))
				.thenApply(v6 -> new Found(
						Stream.concat(v4.records().stream(), v6.records().stream())
								.map(record -> new InetSocketAddress(address(record), 0))
								.toList(),
						Math.min(v4.ttlSeconds(), v6.ttlSeconds()))));
	}

	private static InetAddress address(Record record) {
		return record instanceof ARecord a ? a.getAddress() : ((AAAARecord) record).getAddress();
	}

	/** The servers of the smallest priority that have addresses (RFC 2782). */
	private CompletionStage<Found> service(Name name) {
		return servers.ask(name, Type.SRV).thenCompose(answer -> {
			List<SRVRecord> records = answer.records().stream()
					.map(SRVRecord.class::cast)
					.filter(record -> !record.getTarget().equals(Name.root))
					.sorted(Comparator.comparing(SRVRecord::getPriority))
					.toList();
			return ofSmallestPriority(records, answer.ttlSeconds(), null);
		});
	}

	/** @param failure of servers with a smaller priority, or null */
	private CompletionStage<Found> ofSmallestPriority(List<SRVRecord> records, long ttlSeconds, Throwable failure) {
		if (records.isEmpty()) {
			return failure == null
					? CompletableFuture.completedStage(new Found(List.of(), ttlSeconds))
					: CompletableFuture.failedStage(failure);
		}
		int priority = records.get(0).getPriority();
		List<SRVRecord> best = records.stream().filter(record -> record.getPriority() == priority).toList();
		CompletionStage<Targets> all = CompletableFuture.completedStage(new Targets(List.of(), ttlSeconds, failure));
		for (SRVRecord record : best) {
			CompletionStage<Targets> one = target(record);
			all = all.thenCombine(one, Targets::and);
		}
		return all.thenCompose(targets -> targets.addresses().isEmpty()
				? ofSmallestPriority(records.subList(best.size(), records.size()), targets.ttlSeconds(), targets.failure())
				: CompletableFuture.completedStage(new Found(targets.addresses(), targets.ttlSeconds())));
	}

	private CompletionStage<Targets> target(SRVRecord record) {
		String host = record.getTarget().toString(true).toLowerCase(Locale.ROOT);
		return host(host + ".").handle((found, failure) -> failure != null
				? new Targets(List.of(), 0, failure)
				: new Targets(
						found.addresses().stream().map(address -> named(host, address.getAddress(), record.getPort())).toList(),
						found.ttlSeconds(),
						null));
	}

	private static InetSocketAddress named(String host, InetAddress address, int port) {
		try {
			return new InetSocketAddress(InetAddress.getByAddress(host, address.getAddress()), port);
		} catch (UnknownHostException impossible) {
			throw new IllegalStateException(impossible);
		}
	}

	/** What several servers' names stand for; one that cannot be looked up does not hide the others. */
	private record Targets(List<InetSocketAddress> addresses, long ttlSeconds, Throwable failure) {

		Targets and(Targets other) {
			return new Targets(
					Stream.concat(addresses.stream(), other.addresses.stream()).toList(),
					Math.min(ttlSeconds, other.ttlSeconds),
					failure == null ? other.failure : failure);
		}
	}
}
