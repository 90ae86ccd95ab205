package proxy.core.gateway;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.upstream.Upstream;
import proxy.api.upstream.UpstreamDirectory;
import proxy.api.upstream.UpstreamDiscovery;

/**
 * Keeps the last report of every discovery and answers from all of them together. That of one that has gone stays until its
 * successor has reported or some time has passed.
 */
@Component(service = UpstreamDirectory.class, immediate = true)
public final class DiscoveredUpstreams implements UpstreamDirectory {

	private static final Logger LOG = LoggerFactory.getLogger(DiscoveredUpstreams.class);

	private final Engine engine;
	private final Map<UpstreamDiscovery, AutoCloseable> subscriptions = new IdentityHashMap<>();
	private final Map<UpstreamDiscovery, Map<String, List<Upstream>>> reports = new IdentityHashMap<>();
	private final Map<UpstreamDiscovery, String> leaving = new IdentityHashMap<>();
	private volatile Map<String, List<Upstream>> all = Map.of();

	@Activate
	public DiscoveredUpstreams(@Reference Engine engine) {
		this.engine = engine;
	}

	@Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
	void addDiscovery(UpstreamDiscovery discovery, Map<String, Object> properties) {
		Object component = properties.get("component.name");
		AutoCloseable subscription = discovery.subscribe(report -> reported(discovery, component, report));
		synchronized (this) {
			subscriptions.put(discovery, subscription);
		}
	}

	void removeDiscovery(UpstreamDiscovery discovery, Map<String, Object> properties) {
		AutoCloseable subscription;
		synchronized (this) {
			subscription = subscriptions.remove(discovery);
			leaving.put(discovery, String.valueOf(properties.get("component.name")));
		}
		try {
			if (subscription != null) {
				subscription.close();
			}
		} catch (Exception unexpected) {
			LOG.warn("a discovery did not end its subscription", unexpected);
		}
		engine.control().after(Registered.GRACE_MILLIS, () -> forget(discovery));
	}

	private synchronized void forget(UpstreamDiscovery discovery) {
		if (leaving.remove(discovery) != null) {
			reports.remove(discovery);
			merge();
		}
	}

	private synchronized void reported(UpstreamDiscovery discovery, Object component, Map<String, List<Upstream>> report) {
		reports.put(discovery, Map.copyOf(report));
		leaving.entrySet().removeIf(gone -> {
			boolean succeeded = gone.getValue().equals(component);
			if (succeeded) {
				reports.remove(gone.getKey());
			}
			return succeeded;
		});
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
