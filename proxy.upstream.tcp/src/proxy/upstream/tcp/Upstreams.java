package proxy.upstream.tcp;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import proxy.api.upstream.Balancer;
import proxy.api.upstream.NameDirectory;
import proxy.api.upstream.Upstream;
import proxy.api.upstream.UpstreamDirectory;
import proxy.api.upstream.WatchedNames;

/** The upstreams of a service: those configured, whose names are kept fresh, and those discovered. */
final class Upstreams {

	private final String service;
	private final WatchedNames<UpstreamAddress> names;
	private final UpstreamDirectory directory;
	private final Balancer balancer;
	private volatile List<Upstream> configured = List.of();

	Upstreams(String service, NameDirectory names, UpstreamDirectory directory, Balancer balancer) {
		this.service = service;
		this.names = new WatchedNames<>(names, UpstreamAddress::host, this::resolved);
		this.directory = directory;
		this.balancer = balancer;
	}

	/** Replaces what is configured. Not on an event loop. */
	void use(List<UpstreamAddress> addresses) {
		names.watch(addresses);
	}

	private synchronized void resolved() {
		List<Upstream> next = new ArrayList<>();
		names.forEach((address, found) -> next.add(address.upstream(found)));
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
		names.refresh();
	}

	void close() {
		names.close();
	}
}
