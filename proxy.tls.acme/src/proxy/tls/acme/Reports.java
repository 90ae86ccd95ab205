package proxy.tls.acme;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import proxy.api.runtime.GatewayRuntime;
import proxy.api.runtime.Problem;

/** Tells the gateway what is wrong: each thing when it appears or changes, and when it is over. For the control thread. */
final class Reports {

	private final GatewayRuntime runtime;
	private Map<String, String> told = Map.of();

	Reports(GatewayRuntime runtime) {
		this.runtime = runtime;
	}

	/**
	 * @param authority what is wrong with it, or null
	 * @param noListener whether orders wait for a listener
	 */
	void are(Settings settings, Trouble authority, Collection<Domain> domains, boolean noListener, Instant now) {
		List<Problem> problems = new ArrayList<>(settings.problems());
		if (authority != null) {
			problems.add(new Problem("tls.acme." + authority.kind().setting(), authority.reason() + waiting(domains)));
		}
		if (noListener) {
			problems.add(new Problem("tls.acme.domains", "no certificates are ordered: there is no listener that could answer the"
					+ " authority's challenge (" + settings.challenge() + ")"));
		}
		for (Domain domain : domains) {
			String reason = reason(domain, now);
			if (reason != null) {
				problems.add(new Problem("tls.acme.domains[" + domain.name() + "]", reason));
			}
		}
		tell(problems);
	}

	/** Nothing is wrong any more, or nobody looks any more. */
	void none() {
		tell(List.of());
	}

	private void tell(List<Problem> problems) {
		Map<String, String> now = new HashMap<>();
		for (Problem problem : problems) {
			now.put(problem.setting(), problem.reason());
			if (!problem.reason().equals(told.get(problem.setting()))) {
				runtime.report(problem);
			}
		}
		told.keySet().stream().filter(setting -> !now.containsKey(setting)).forEach(runtime::clear);
		told = now;
	}

	private static String waiting(Collection<Domain> domains) {
		String names = domains.stream()
				.filter(domain -> domain.identity() == null)
				.map(domain -> domain.name().text())
				.collect(Collectors.joining(", "));
		return names.isEmpty() ? "" : "; there is no certificate yet for " + names;
	}

	private static String reason(Domain domain, Instant now) {
		if (domain.identity() == null) {
			return domain.trouble() == null ? null : "no certificate yet: " + domain.trouble();
		}
		Instant end = domain.identity().leaf().getNotAfter().toInstant();
		if (end.isBefore(now)) {
			return "the certificate expired at " + end + (domain.trouble() == null ? "" : ": " + domain.trouble());
		}
		return domain.trouble() == null ? null : "the certificate ends at " + end + ": " + domain.trouble();
	}
}
