package proxy.core.gateway;

import java.util.ArrayList;
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
import proxy.core.http.ClientLookup;
import proxy.core.http.RoutingTable;

/** Makes a routing table from what is registered; what cannot be in force becomes a problem and leaves the rest alone. */
final class TableBuilder {

	private final Conditions conditions;
	private final List<Problem> problems = new ArrayList<>();
	private final List<ServiceState> serviceStates = new ArrayList<>();
	private final List<RuleState> ruleStates = new ArrayList<>();
	private final Map<String, RoutingTable.Route> routes = new LinkedHashMap<>();
	private final List<RoutingTable.Rule> rules = new ArrayList<>();
	private RoutingTable.Route[][] byListener = {};

	TableBuilder(Conditions conditions) {
		this.conditions = conditions;
	}

	void service(Registered.Entry<HttpService> entry) {
		String setting = "services." + entry.name();
		if (entry.name().isEmpty()) {
			problems.add(new Problem("services", "a service without a name is registered by "
					+ entry.property("component.name")));
		} else if (routes.containsKey(entry.name())) {
			problems.add(new Problem(setting, "there is another service of this name"));
		} else {
			try {
				Condition condition = conditions.of(entry.route());
				routes.put(entry.name(), new RoutingTable.Route(entry.name(), condition, entry.service(), entry.counter()));
				serviceStates.add(new ServiceState(entry.name(), kind(entry), entry.route(), entry.counter().sum()));
			} catch (ExpressionException wrong) {
				problems.add(new Problem(setting + ".route", place(wrong)));
			}
		}
	}

	private static String kind(Registered.Entry<HttpService> entry) {
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
		List<RoutingTable.Route> offered = new ArrayList<>();
		if (listener.services().isEmpty()) {
			offered.addAll(routes.values());
		}
		for (String name : listener.services()) {
			RoutingTable.Route route = routes.get(name);
			if (route == null) {
				boolean known = problems.stream().anyMatch(problem -> problem.setting().startsWith("services." + name));
				if (!known) {
					problems.add(new Problem("listeners." + listener.name() + ".services", "there is no service '" + name + "'"));
				}
			} else {
				offered.add(route);
			}
		}
		int slot = listener.slot();
		if (slot >= byListener.length) {
			byListener = java.util.Arrays.copyOf(byListener, slot + 1);
		}
		byListener[slot] = offered.toArray(new RoutingTable.Route[0]);
	}

	RoutingTable build(long number, List<ExchangeListener> listeners, ClientLookup clients) {
		return new RoutingTable(
				number,
				rules.toArray(new RoutingTable.Rule[0]),
				byListener,
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
