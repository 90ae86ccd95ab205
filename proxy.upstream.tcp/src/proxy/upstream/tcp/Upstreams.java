package proxy.upstream.tcp;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import proxy.api.upstream.Balancer;
import proxy.api.upstream.NameDirectory;
import proxy.api.upstream.Upstream;
import proxy.api.upstream.UpstreamDirectory;

/** The upstreams of a service: those configured, whose names are kept fresh, and those discovered. */
final class Upstreams {

	/** A new name gets so long to resolve before the service appears without it. */
	private static final long FIRST_LOOKUP_MILLIS = 500;

	private final String service;
	private final NameDirectory names;
	private final UpstreamDirectory directory;
	private final Balancer balancer;
	private volatile Map<UpstreamAddress, NameDirectory.Watch> watched = Map.of();
	private volatile List<Upstream> configured = List.of();

	Upstreams(String service, NameDirectory names, UpstreamDirectory directory, Balancer balancer) {
		this.service = service;
		this.names = names;
		this.directory = directory;
		this.balancer = balancer;
	}

	/** Replaces what is configured. Not on an event loop. */
	void use(List<UpstreamAddress> addresses) {
		Map<UpstreamAddress, NameDirectory.Watch> before = watched;
		Map<UpstreamAddress, NameDirectory.Watch> wanted = new LinkedHashMap<>();
		for (UpstreamAddress address : addresses) {
			NameDirectory.Watch known = before.get(address);
			wanted.put(address, known == null ? names.watch(address.host(), this::resolved) : known);
		}
		long until = System.nanoTime() + FIRST_LOOKUP_MILLIS * 1_000_000;
		wanted.values().forEach(name -> name.await((until - System.nanoTime()) / 1_000_000));
		watched = wanted;
		resolved();
		before.values().stream().filter(name -> !wanted.containsValue(name)).forEach(NameDirectory.Watch::close);
	}

	private synchronized void resolved() {
		List<Upstream> next = new ArrayList<>();
		watched.forEach((address, name) -> {
			for (InetSocketAddress found : name.addresses()) {
				next.add(address.upstream(found));
			}
		});
		configured = List.copyOf(next);
	}

	/** One that has not been tried, or null when there is none. On event loops. */
	Upstream choose(Collection<Upstream> tried) {
		List<Upstream> available = new ArrayList<>(configured);
		available.addAll(directory.discovered(service));
		available.removeAll(tried);
		return available.isEmpty() ? null : balancer.choose(available);
	}

	/** One could not be connected to: its name may stand for another address by now. */
	void unreachable() {
		watched.values().forEach(NameDirectory.Watch::refresh);
	}

	void close() {
		watched.values().forEach(NameDirectory.Watch::close);
	}
}
