package proxy.upstream.http;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import proxy.api.runtime.Problem;
import proxy.api.upstream.Balancer;

/** The balancers that bundles provide. */
final class Balancers {

	private final Balancer fallback;
	private final Map<String, Balancer> known = new TreeMap<>();
	private final Set<ChosenBalancer> users = new HashSet<>();

	/** @param fallback chooses while the one that is wanted is not there */
	Balancers(Balancer fallback) {
		this.fallback = fallback;
	}

	Balancer fallback() {
		return fallback;
	}

	synchronized void add(String name, Balancer balancer) {
		known.put(name, balancer);
		users.forEach(user -> user.choose(known));
	}

	synchronized void remove(String name, Balancer balancer) {
		known.remove(name, balancer);
		users.forEach(user -> user.choose(known));
	}

	/** Has it choose, now and whenever others come or go. */
	synchronized void use(ChosenBalancer user) {
		users.add(user);
		user.choose(known);
	}

	synchronized void leave(ChosenBalancer user) {
		users.remove(user);
	}

	static Problem missing(String setting, String wanted, Set<String> known) {
		return new Problem(setting, "no installed bundle provides the balancer '" + wanted + "', only "
				+ String.join(", ", known) + "; upstreams are chosen at random");
	}
}
