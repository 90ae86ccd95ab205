package proxy.core.gateway;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.http.ExchangeListener;
import proxy.api.http.HttpAction;
import proxy.api.http.HttpRule;
import proxy.api.http.HttpService;
import proxy.api.rule.ExpressionLanguage;
import proxy.api.rule.FactProvider;
import proxy.api.tcp.TcpService;
import proxy.core.http.Dispatcher;
import proxy.core.http.RoutingTable;

/**
 * Collects what routing is made of and publishes a new table when it has changed: after a quiet period, since one change
 * of a configuration is many events, and an equal table is not published.
 */
@Component(service = Routing.class, immediate = true)
public final class Routing {

	private static final Logger LOG = LoggerFactory.getLogger(Routing.class);
	private static final long QUIET_MILLIS = 20;
	/** However many events there are, a table is built for a fifth of the time at most. */
	private static final int QUIET_FOR_EACH_BUILD = 4;
	/** What is not told by events, lists that are read for instance, has a little time to come. */
	private static final long START_QUIET_MILLIS = 30;

	private final Bundle framework;
	private final Engine engine;
	private final Status status;
	private final Dispatcher dispatcher = new Dispatcher();
	private final Conditions conditions = new Conditions();
	private final Conditions ofConnections = new Conditions();
	private final Registered<HttpService> services;
	private final Registered<TcpService> tcpServices;
	private final Registered<HttpRule> rules;
	private final Registered<HttpAction> actions;
	private final List<ListenerComponent> listeners = new CopyOnWriteArrayList<>();
	private final List<ExchangeListener> exchangeListeners = new CopyOnWriteArrayList<>();
	private volatile ExpressionLanguage language;
	private final ClientKnowledge clients = new ClientKnowledge();
	private Set<String> tcpServiceNames = Set.of();
	/** Whether the first listener has been let open: what the others wait for has happened, too. On the control thread. */
	private boolean open;
	private boolean scheduled;
	private volatile boolean stopped;
	/** How long the last table took to be built, and until when. */
	private long buildMillis;
	private long builtAt = System.nanoTime();

	@Activate
	public Routing(BundleContext context, @Reference Engine engine, @Reference Status status) {
		framework = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
		this.engine = engine;
		this.status = status;
		int loops = engine.loops().count();
		services = new Registered<>(HttpService.NAME, loops, this::changed);
		tcpServices = new Registered<>(HttpService.NAME, loops, this::changed);
		rules = new Registered<>(HttpService.NAME, loops, this::changed);
		actions = new Registered<>(HttpAction.ACTION, loops, this::changed);
	}

	@Deactivate
	synchronized void deactivate() {
		stopped = true;
	}

	Dispatcher dispatcher() {
		return dispatcher;
	}

	/** Builds a table soon. */
	synchronized void changed() {
		if (!scheduled && !stopped) {
			scheduled = true;
			long rested = (System.nanoTime() - builtAt) / 1_000_000;
			engine.control().after(Math.max(QUIET_MILLIS, QUIET_FOR_EACH_BUILD * buildMillis - rested), this::rebuildIfUseful);
		}
	}

	/** While nobody can ask yet, and more is coming, a table would be built for nothing. */
	private void rebuildIfUseful() {
		if (stopped) {
			return;
		}
		if (!open && (framework.getState() == Bundle.STARTING || status.isHeld())) {
			status.stir();
			engine.control().after(START_QUIET_MILLIS / 2, this::rebuildIfUseful);
		} else {
			rebuild();
		}
	}

	private void rebuild() {
		long began = System.nanoTime();
		synchronized (this) {
			scheduled = false;
		}
		build();
		synchronized (this) {
			builtAt = System.nanoTime();
			buildMillis = (builtAt - began) / 1_000_000;
		}
	}

	private void build() {
		if (framework.getState() == Bundle.STOPPING) {
			// everything is unregistered one by one now: what is in force serves to the end
			return;
		}
		long now = System.nanoTime();
		ExpressionLanguage known = language;
		conditions.language(known);
		ofConnections.language(known == null ? null : known.forConnections());
		TableBuilder builder = new TableBuilder(conditions, ofConnections);
		services.all(now).forEach(builder::service);
		List<Registered.Entry<TcpService>> ofTcp = tcpServices.all(now);
		ofTcp.forEach(builder::tcpService);
		drainGone(ofTcp.stream().map(Registered.Entry::name).collect(Collectors.toSet()));
		Map<String, HttpAction> words = new HashMap<>();
		actions.all(now).forEach(action -> words.putIfAbsent(action.name(), action.service()));
		rules.all(now).forEach(rule -> builder.rule(rule, words));
		listeners.forEach(builder::listener);
		RoutingTable current = dispatcher.table();
		long number = current.number() + 1;
		RoutingTable next = builder.build(number, new ArrayList<>(exchangeListeners), clients.lookup(now));
		if (!next.sameAs(current)) {
			dispatcher.publish(next);
			LOG.atInfo()
					.addKeyValue("listeners", listeners.size())
					.addKeyValue("services", builder.state(number).services().size())
					.addKeyValue("rules", next.rules().length)
					.addKeyValue("problems", builder.problems().size())
					.log("routing table {} in force", number);
		} else {
			number = current.number();
		}
		status.table(builder.state(number), builder.problems());
		if (clients.waiting() || Stream.of(services, tcpServices, rules, actions).anyMatch(Registered::waiting)) {
			engine.control().after(Registered.GRACE_MILLIS / 4, this::changed);
		}
	}

	/** A tunnel outlives the service that it was made by, but not for longer than connections outlive a listener. */
	private void drainGone(Set<String> tcpNames) {
		if (!tcpNames.containsAll(tcpServiceNames)) {
			engine.control().after(engine.drainMillis(), () -> listeners.forEach(listener -> listener.cutOff(tcpServiceNames)));
		}
		tcpServiceNames = tcpNames;
	}

	/**
	 * Runs the task, on the control thread, as soon as a table is in force that knows the listener; while the gateway is
	 * starting, as soon as no more services are coming.
	 */
	void whenRouted(ListenerComponent listener, Runnable task) {
		engine.control().execute(() -> {
			if (!listeners.contains(listener)) {
				return;
			}
			boolean starting = framework.getState() == Bundle.STARTING;
			boolean early = status.isHeld() || status.quietMillis() < START_QUIET_MILLIS;
			if (starting || !open && !status.settled() && early) {
				engine.control().after(START_QUIET_MILLIS / 5, () -> whenRouted(listener, task));
			} else {
				open = true;
				rebuild();
				task.run();
			}
		});
	}

	void add(ListenerComponent listener) {
		listeners.add(listener);
		changed();
	}

	void remove(ListenerComponent listener) {
		listeners.remove(listener);
		changed();
	}

	@Reference(cardinality = MULTIPLE, policy = DYNAMIC, updated = "addService")
	void addService(HttpService service, ServiceReference<HttpService> reference) {
		services.add(reference, service);
	}

	void removeService(ServiceReference<HttpService> reference) {
		services.leave(reference, System.nanoTime());
	}

	@Reference(cardinality = MULTIPLE, policy = DYNAMIC, updated = "addTcpService")
	void addTcpService(TcpService service, ServiceReference<TcpService> reference) {
		tcpServices.add(reference, service);
	}

	void removeTcpService(ServiceReference<TcpService> reference) {
		tcpServices.leave(reference, System.nanoTime());
	}

	@Reference(cardinality = MULTIPLE, policy = DYNAMIC, updated = "addRule")
	void addRule(HttpRule rule, ServiceReference<HttpRule> reference) {
		rules.add(reference, rule);
	}

	void removeRule(ServiceReference<HttpRule> reference) {
		rules.leave(reference, System.nanoTime());
	}

	@Reference(cardinality = MULTIPLE, policy = DYNAMIC, updated = "addAction")
	void addAction(HttpAction action, ServiceReference<HttpAction> reference) {
		actions.add(reference, action);
	}

	void removeAction(ServiceReference<HttpAction> reference) {
		actions.leave(reference, System.nanoTime());
	}

	@Reference(cardinality = MULTIPLE, policy = DYNAMIC)
	void addExchangeListener(ExchangeListener listener) {
		exchangeListeners.add(listener);
		changed();
	}

	void removeExchangeListener(ExchangeListener listener) {
		exchangeListeners.remove(listener);
		changed();
	}

	@Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
	void setLanguage(ExpressionLanguage next) {
		language = next;
		changed();
	}

	void unsetLanguage(ExpressionLanguage gone) {
		// compiled routes go on; a language that comes back compiles them anew
		if (language == gone) {
			language = null;
		}
	}

	@Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
	void setFacts(FactProvider provider) {
		clients.set(provider);
		changed();
	}

	void unsetFacts(FactProvider provider) {
		clients.leave(provider, System.nanoTime());
		changed();
	}
}
