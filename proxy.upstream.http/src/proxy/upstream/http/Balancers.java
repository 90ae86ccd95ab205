package proxy.upstream.http;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import proxy.api.runtime.GatewayRuntime;
import proxy.api.runtime.Problem;
import proxy.api.upstream.Balancer;

/** The balancers that bundles provide, and the one of them that the service's configuration names. */
final class Balancers {

	private final GatewayRuntime runtime;
	private final Balancer fallback;
	private final Map<String, Balancer> known = new TreeMap<>();
	private String setting;
	private String wanted;
	private volatile Balancer chosen;

	/** @param fallback chooses while the one that is wanted is not there */
	Balancers(GatewayRuntime runtime, Balancer fallback) {
		this.runtime = runtime;
		this.fallback = fallback;
		chosen = fallback;
	}

	Balancer chosen() {
		return chosen;
	}

	synchronized void add(String name, Balancer balancer) {
		known.put(name, balancer);
		choose();
	}

	synchronized void remove(String name, Balancer balancer) {
		known.remove(name, balancer);
		choose();
	}

	/** @param path of the setting, for the problem that there is when nobody provides the balancer */
	synchronized void use(String path, String name) {
		stop();
		setting = path;
		wanted = name;
		choose();
	}

	synchronized void stop() {
		if (setting != null) {
			runtime.clear(setting);
		}
		setting = null;
	}

	private void choose() {
		if (setting == null) {
			return;
		}
		chosen = known.getOrDefault(wanted, fallback);
		if (known.containsKey(wanted)) {
			runtime.clear(setting);
		} else {
			runtime.report(missing(setting, wanted, known.keySet()));
		}
	}

	static Problem missing(String setting, String wanted, Set<String> known) {
		return new Problem(setting, "no installed bundle provides the balancer '" + wanted + "', only "
				+ String.join(", ", known) + "; upstreams are chosen at random");
	}
}
