package proxy.discovery.docker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import proxy.api.upstream.Upstream;
import proxy.fixtures.Await;

/** Every report, as {@code service=address} in order of name. */
final class Received implements Consumer<Map<String, List<Upstream>>> {

	private final List<String> reports = new ArrayList<>();

	@Override
	public synchronized void accept(Map<String, List<Upstream>> report) {
		List<String> found = new ArrayList<>();
		report.forEach((service, upstreams) -> upstreams.forEach(upstream -> found.add(service + "="
				+ upstream.address().getAddress().getHostAddress() + ":" + upstream.address().getPort())));
		found.sort(null);
		reports.add(String.join(" ", found));
	}

	synchronized List<String> all() {
		return List.copyOf(reports);
	}

	synchronized String last() {
		return reports.isEmpty() ? "no report" : reports.get(reports.size() - 1);
	}

	void await(String report) {
		Await.until("report '" + report + "'", () -> last().equals(report));
	}
}
