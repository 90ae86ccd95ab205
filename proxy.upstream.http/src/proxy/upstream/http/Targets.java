package proxy.upstream.http;

import java.util.List;
import proxy.api.upstream.Balancer;
import proxy.api.upstream.Upstream;

/**
 * The upstreams in use.
 *
 * @param upstreams the same as the balancer sees them
 * @param discovered those that discoveries had found when this was made
 */
record Targets(List<Target> all, List<Upstream> upstreams, List<Upstream> discovered) {

	static Targets of(List<Target> all, List<Upstream> discovered) {
		return new Targets(List.copyOf(all), all.stream().map(Target::upstream).toList(), discovered);
	}

	/** One of them, or null when there is none. */
	Target choose(Balancer balancer) {
		if (all.size() < 2) {
			return all.isEmpty() ? null : all.get(0);
		}
		int chosen = upstreams.indexOf(balancer.choose(upstreams));
		return all.get(Math.max(0, chosen));
	}
}
