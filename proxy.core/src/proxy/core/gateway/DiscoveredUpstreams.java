package proxy.core.gateway;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.upstream.Upstream;
import proxy.api.upstream.UpstreamDirectory;
import proxy.api.upstream.UpstreamDiscovery;

/** Keeps the last report of every discovery and answers from all of them together. */
@Component(service = UpstreamDirectory.class, immediate = true)
public final class DiscoveredUpstreams implements UpstreamDirectory {

	private static final Logger LOG = LoggerFactory.getLogger(DiscoveredUpstreams.class);

	private final Map<UpstreamDiscovery, AutoCloseable> subscriptions = new IdentityHashMap<>();
	private final Map<UpstreamDiscovery, Map<String, List<Upstream>>> reports = new IdentityHashMap<>();
	private volatile Map<String, List<Upstream>> all = Map.of();

	@Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
	void addDiscovery(UpstreamDiscovery discovery) {
		AutoCloseable subscription = discovery.subscribe(report -> reported(discovery, report));
		synchronized (this) {
			subscriptions.put(discovery, subscription);
		}
	}

	void removeDiscovery(UpstreamDiscovery discovery) {
		AutoCloseable subscription;
		synchronized (this) {
			subscription = subscriptions.remove(discovery);
		}
		try {
			if (subscription != null) {
				subscription.close();
			}
		} catch (Exception unexpected) {
			LOG.warn("a discovery did not end its subscription", unexpected);
		}
		synchronized (this) {
			reports.remove(discovery);
			merge();
		}
	}

	private synchronized void reported(UpstreamDiscovery discovery, Map<String, List<Upstream>> report) {
		reports.put(discovery, Map.copyOf(report));
		merge();
	}

	private void merge() {
		Map<String, List<Upstream>> merged = new HashMap<>();
		for (Map<String, List<Upstream>> report : reports.values()) {
			report.forEach((service, found) -> merged.computeIfAbsent(service, key -> new ArrayList<>()).addAll(found));
		}
		Map<String, List<Upstream>> before = all;
		merged.replaceAll((service, found) -> found.equals(before.get(service)) ? before.get(service) : List.copyOf(found));
		all = merged;
	}

	@Override
	public List<Upstream> discovered(String service) {
		return all.getOrDefault(service, List.of());
	}
}
