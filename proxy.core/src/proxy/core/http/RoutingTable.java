package proxy.core.http;

import java.util.List;
import proxy.api.http.ExchangeListener;
import proxy.api.http.HttpAction;
import proxy.api.http.HttpService;
import proxy.api.rule.Condition;
import proxy.api.tcp.TcpService;

/** All that decides a request. Immutable; replaced whole, taken once per request. */
public final class RoutingTable {

	public static final RoutingTable EMPTY =
			new RoutingTable(0, new Rule[0], new Route[0][], new TcpRoute[0][], new ExchangeListener[0], ClientLookup.NOBODY);

	private static final TcpRoute[] NO_TCP_ROUTES = {};

	private final long number;
	private final Rule[] rules;
	private final Route[][] routes;
	private final Routes[] indexed;
	private final TcpRoute[][] tcpRoutes;
	private final ExchangeListener[] listeners;
	private final ClientLookup clients;

	/**
	 * @param routes for each listener by its slot, in order of evaluation
	 * @param tcpRoutes likewise, for TCP listeners
	 */
	public RoutingTable(
			long number,
			Rule[] rules,
			Route[][] routes,
			TcpRoute[][] tcpRoutes,
			ExchangeListener[] listeners,
			ClientLookup clients) {
		this.number = number;
		this.rules = rules;
		this.routes = routes;
		indexed = new Routes[routes.length];
		for (int slot = 0; slot < routes.length; slot++) {
			indexed[slot] = routes[slot] == null ? Routes.NONE : Routes.of(routes[slot]);
		}
		this.tcpRoutes = tcpRoutes;
		this.listeners = listeners;
		this.clients = clients;
	}

	public long number() {
		return number;
	}

	public Rule[] rules() {
		return rules;
	}

	/** The routes of a listener; none for a listener that the table does not know. */
	Routes routes(int slot) {
		return slot < indexed.length ? indexed[slot] : Routes.NONE;
	}

	/** The routes of a TCP listener; none for a listener that the table does not know. */
	public TcpRoute[] tcpRoutes(int slot) {
		TcpRoute[] own = slot < tcpRoutes.length ? tcpRoutes[slot] : null;
		return own == null ? NO_TCP_ROUTES : own;
	}

	public ExchangeListener[] listeners() {
		return listeners;
	}

	public ClientLookup clients() {
		return clients;
	}

	/** Whether the other table decides every request as this one does. */
	public boolean sameAs(RoutingTable other) {
		return java.util.Arrays.equals(rules, other.rules)
				&& java.util.Arrays.deepEquals(routes, other.routes)
				&& java.util.Arrays.deepEquals(tcpRoutes, other.tcpRoutes)
				&& java.util.Arrays.equals(listeners, other.listeners)
				&& clients == other.clients;
	}

	/** A service and the requests that are its own. */
	public record Route(String name, Condition condition, HttpService service, LoopCounter requests) {}

	/** A TCP service and the connections that are its own. */
	public record TcpRoute(String name, Condition condition, TcpService service, LoopCounter connections) {}

	/** A rule with its actions, which exist. */
	public record Rule(
			String name,
			Condition condition,
			List<HttpAction> actions,
			boolean logOnly,
			boolean matchesOnError,
			LoopCounter matches) {}
}
