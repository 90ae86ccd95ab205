package proxy.discovery.docker;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.upstream.Upstream;

/** What is known of every labelled container. Passes on only what makes a difference. For one thread. */
final class Findings {

	private static final Logger log = LoggerFactory.getLogger(Findings.class);

	private final Reports reports;
	private final Problems problems;
	private Map<String, Finding> byId = new HashMap<>();
	private Map<String, List<Upstream>> reported;

	Findings(Reports reports, Problems problems) {
		this.reports = reports;
		this.problems = problems;
	}

	/** @return null when the container is not known */
	Finding get(String id) {
		return byId.get(id);
	}


	/** @param found by the container's id, all there are */
	void replace(Map<String, Finding> found) {
		byId = new HashMap<>(found);
		publish();
	}

	void remove(String id) {
		if (byId.remove(id) != null) {
			publish();
		}
	}

	private void publish() {
		Map<String, List<Upstream>> upstreams = new TreeMap<>();
		Map<String, String> reasons = new TreeMap<>();
		for (Finding finding : byId.values()) {
			if (finding.upstream() != null) {
				upstreams.computeIfAbsent(finding.service(), service -> new ArrayList<>()).add(finding.upstream());
			} else if (finding.problem() != null) {
				reasons.put(finding.container(), finding.problem());
			}
		}
		upstreams.replaceAll((service, list) -> list.stream().sorted(Comparator.comparing(Upstream::name)).toList());
		problems.are(reasons);
		if (!upstreams.equals(reported)) {
			logChanges(reported == null ? Map.of() : reported, upstreams);
			reported = upstreams;
			reports.publish(Map.copyOf(upstreams));
		}
	}

	private static String text(InetSocketAddress address) {
		String host = address.getAddress().getHostAddress();
		return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
	}

	private static void logChanges(Map<String, List<Upstream>> before, Map<String, List<Upstream>> now) {
		logMissing(before, now, "docker: upstream removed");
		logMissing(now, before, "docker: upstream added");
	}

	private static void logMissing(Map<String, List<Upstream>> here, Map<String, List<Upstream>> there, String message) {
		here.forEach((service, upstreams) -> {
			for (Upstream upstream : upstreams) {
				if (!there.getOrDefault(service, List.of()).contains(upstream)) {
					log.atInfo()
							.addKeyValue("service", service)
							.addKeyValue("upstream", upstream.name())
							.addKeyValue("address", text(upstream.address()))
							.log(message);
				}
			}
		});
	}
}
