package proxy.upstream.http;

import java.util.Map;
import proxy.api.runtime.GatewayRuntime;
import proxy.api.upstream.Balancer;

/** The balancer that a service's configuration names. */
final class ChosenBalancer {

	private final GatewayRuntime runtime;
	private final Balancers balancers;
	private String setting;
	private String wanted;
	private volatile Balancer chosen;

	ChosenBalancer(GatewayRuntime runtime, Balancers balancers) {
		this.runtime = runtime;
		this.balancers = balancers;
		chosen = balancers.fallback();
	}

	Balancer chosen() {
		return chosen;
	}

	/** @param path of the setting, for the problem that there is when nobody provides the balancer */
	void use(String path, String name) {
		stop();
		setting = path;
		wanted = name;
		balancers.use(this);
	}

	void stop() {
		balancers.leave(this);
		if (setting != null) {
			runtime.clear(setting);
		}
	}

	/** Under the lock of the balancers. */
	void choose(Map<String, Balancer> known) {
		chosen = known.getOrDefault(wanted, balancers.fallback());
		if (known.containsKey(wanted)) {
			runtime.clear(setting);
		} else {
			runtime.report(Balancers.missing(setting, wanted, known.keySet()));
		}
	}
}
