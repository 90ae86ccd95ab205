package proxy.core.gateway;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import proxy.api.http.ExchangeListener;
import proxy.api.http.HttpAction;
import proxy.api.http.HttpRule;
import proxy.api.http.HttpService;
import proxy.api.rule.Condition;
import proxy.api.rule.ExpressionException;
import proxy.api.runtime.GatewayRuntime.RuleState;
import proxy.api.runtime.GatewayRuntime.ServiceState;
import proxy.api.runtime.Problem;
import proxy.api.tcp.TcpService;
import proxy.core.http.ClientLookup;
import proxy.core.http.RoutingTable;

/** Makes a routing table from what is registered; what cannot be in force becomes a problem and leaves the rest alone. */
final class TableBuilder {

	private final Conditions conditions;
	private final Conditions ofConnections;
	private final List<Problem> problems = new ArrayList<>();
	private final List<ServiceState> serviceStates = new ArrayList<>();
	private final List<RuleState> ruleStates = new ArrayList<>();
	private final Map<String, RoutingTable.Route> routes = new LinkedHashMap<>();
	private final Map<String, RoutingTable.TcpRoute> tcpRoutes = new LinkedHashMap<>();
	private final List<RoutingTable.Rule> rules = new ArrayList<>();
	private RoutingTable.Route[][] byListener = {};
	private RoutingTable.TcpRoute[][] tcpByListener = {};

	/** @param ofConnections for the routes of TCP services */
	TableBuilder(Conditions conditions, Conditions ofConnections) {
		this.conditions = conditions;
		this.ofConnections = ofConnections;
	}

	void service(Registered.Entry<HttpService> entry) {
		Condition condition = condition(entry, conditions);
		if (condition != null) {
			routes.put(entry.name(), new RoutingTable.Route(entry.name(), condition, entry.service(), entry.counter()));
		}
	}

	void tcpService(Registered.Entry<TcpService> entry) {
		Condition condition = condition(entry, ofConnections);
		if (condition != null) {
			tcpRoutes.put(
					entry.name(), new RoutingTable.TcpRoute(entry.name(), condition, entry.service(), entry.counter()));
		}
	}

	/** The condition of a service that can be in force, or null. */
	private Condition condition(Registered.Entry<?> entry, Conditions language) {
		String setting = "services." + entry.name();
		if (entry.name().isEmpty()) {
			problems.add(new Problem("services", "a service without a name is registered by "
					+ entry.property("component.name")));
		} else if (routes.containsKey(entry.name()) || tcpRoutes.containsKey(entry.name())) {
			problems.add(new Problem(setting, "there is another service of this name"));
		} else {
			try {
				Condition condition = language.of(entry.route());
				serviceStates.add(new ServiceState(entry.name(), kind(entry), entry.route(), entry.counter().sum()));
				return condition;
			} catch (ExpressionException wrong) {
				problems.add(new Problem(setting + ".route", place(wrong)));
			}
		}
		return null;
	}

	private static String kind(Registered.Entry<?> entry) {
		String pid = String.valueOf(entry.property("service.pid"));
		int tilde = pid.indexOf('~');
		String factory = tilde < 0 ? pid : pid.substring(0, tilde);
		return factory.startsWith("proxy.service.") ? factory.substring("proxy.service.".length()) : "plugin";
	}

	private static String place(ExpressionException wrong) {
		return wrong.getMessage() + " at " + wrong.line() + ":" + wrong.column();
	}

	void rule(Registered.Entry<HttpRule> entry, Map<String, HttpAction> actions) {
		String setting = "rules." + entry.name();
		List<HttpAction> applied = new ArrayList<>();
		for (String word : entry.service().actions()) {
			HttpAction action = actions.get(word);
			if (action == null) {
				problems.add(new Problem(setting + ".actions", "no installed bundle provides the action '" + word + "'"));
			} else {
				applied.add(action);
			}
		}
		HttpRule rule = entry.service();
		rules.add(new RoutingTable.Rule(
				entry.name(), rule.condition(), List.copyOf(applied), rule.logOnly(), rule.matchesOnError(), entry.counter()));
		ruleStates.add(new RuleState(entry.name(), List.copyOf(rule.actions()), rule.logOnly(), entry.counter().sum()));
	}

	/** After all services. */
	void listener(ListenerComponent listener) {
		int slot = listener.slot();
		if (slot >= byListener.length) {
			byListener = Arrays.copyOf(byListener, slot + 1);
			tcpByListener = Arrays.copyOf(tcpByListener, slot + 1);
		}
		if (listener.isTcp()) {
			tcpByListener[slot] = offered(listener, tcpRoutes, routes).toArray(new RoutingTable.TcpRoute[0]);
		} else {
			byListener[slot] = offered(listener, routes, tcpRoutes).toArray(new RoutingTable.Route[0]);
		}
	}

	/** @param others the services of the other kind, which this listener cannot offer */
	private <R> List<R> offered(ListenerComponent listener, Map<String, R> fitting, Map<String, ?> others) {
		if (listener.services().isEmpty()) {
			return List.copyOf(fitting.values());
		}
		List<R> offered = new ArrayList<>();
		for (String name : listener.services()) {
			R route = fitting.get(name);
			if (route != null) {
				offered.add(route);
			} else if (problems.stream().noneMatch(problem -> problem.setting().startsWith("services." + name))) {
				problems.add(new Problem("listeners." + listener.name() + ".services", others.containsKey(name)
						? "the service '" + name + "' cannot be offered at " + listener.scheme() + "://"
						: "there is no service '" + name + "'"));
			}
		}
		return offered;
	}

	RoutingTable build(long number, List<ExchangeListener> listeners, ClientLookup clients) {
		return new RoutingTable(
				number,
				rules.toArray(new RoutingTable.Rule[0]),
				byListener,
				tcpByListener,
				listeners.toArray(new ExchangeListener[0]),
				clients);
	}

	List<Problem> problems() {
		return problems;
	}

	Status.State state(long number) {
		return new Status.State(number, List.copyOf(serviceStates), List.copyOf(ruleStates));
	}
}
