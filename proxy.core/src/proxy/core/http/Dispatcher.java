package proxy.core.http;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.http.Failure;
import proxy.api.http.HttpAction;
import proxy.api.rule.Condition;
import proxy.api.rule.EvaluationException;
import proxy.api.rule.RequestFacts;
import proxy.api.tcp.TcpConnection;
import proxy.api.tcp.TcpConnectionListener;
import proxy.api.transport.EventLoop;
import proxy.core.loop.Quota;

/**
 * The way of a request: the table is taken once, the listener itself and the rules come first and may answer, then the first
 * service of the listener whose route matches handles it; nobody's request is answered with 404.
 */
public final class Dispatcher {

	private static final Logger LOG = LoggerFactory.getLogger("gatehouse.rules");
	/** By the name of the rule or route, so that one that never has a value does not hide another. */
	private static final Map<String, Quota> NO_VALUE = new ConcurrentHashMap<>();

	private final FailureLog failures = new FailureLog();
	private volatile RoutingTable table = RoutingTable.EMPTY;
	private volatile List<TcpConnectionListener> connectionListeners = List.of();

	/** Replaces what decides from the next request on. Any thread. */
	public void publish(RoutingTable next) {
		table = next;
	}

	public RoutingTable table() {
		return table;
	}

	public FailureLog failures() {
		return failures;
	}

	/** Replaces those who are told of TCP connections that have ended. Any thread. */
	public void connectionListeners(List<TcpConnectionListener> next) {
		connectionListeners = List.copyOf(next);
	}

	/** A TCP connection has ended. On its loop. */
	public void ended(TcpConnection connection, TcpConnectionListener.Outcome outcome) {
		for (TcpConnectionListener listener : connectionListeners) {
			try {
				listener.ended(connection, outcome);
			} catch (RuntimeException | Error bug) {
				LOG.error("a connection listener failed unexpectedly", bug);
			}
		}
	}

	/** Has the exchange answered. On its loop. */
	public void dispatch(Exchange exchange) {
		RoutingTable decidedBy = table;
		exchange.table(decidedBy);
		try {
			Front front = exchange.endpoint().front();
			if (front != null && front.answers(exchange)) {
				return;
			}
			for (RoutingTable.Rule rule : decidedBy.rules()) {
				if (answeredBy(rule, exchange)) {
					return;
				}
			}
			RoutingTable.Route route = decidedBy.routes(exchange.endpoint().slot()).first(exchange.facts(), exchange.loop());
			if (route == null) {
				exchange.fail(Failure.NO_ROUTE, null);
				return;
			}
			route.requests().increment(exchange.loop());
			exchange.answeredBy(route.name(), null);
			route.service().handle(exchange);
		} catch (RuntimeException | Error bug) {
			exchange.fail(Failure.INTERNAL, bug);
		}
	}

	private static boolean answeredBy(RoutingTable.Rule rule, Exchange exchange) {
		if (!matches(rule.condition(), exchange.facts(), exchange.loop(), rule.name(), rule.matchesOnError())) {
			return false;
		}
		rule.matches().increment(exchange.loop());
		if (rule.logOnly()) {
			LOG.atInfo()
					.addKeyValue("rule", rule.name())
					.addKeyValue("client", exchange.facts().clientAddress().getHostAddress())
					.log("rule would apply (log only)");
			return false;
		}
		for (HttpAction action : rule.actions()) {
			if (action.apply(exchange) == HttpAction.Outcome.ANSWERED) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether a route or rule applies.
	 *
	 * @param name its own, for the log
	 * @param onError what it counts as when it has no value
	 */
	public static boolean matches(
			Condition condition, RequestFacts facts, EventLoop loop, String name, boolean onError) {
		if (condition == Condition.ALWAYS) {
			return true;
		}
		try {
			return condition.test(facts);
		} catch (EvaluationException noValue) {
			NO_VALUE.computeIfAbsent(name + onError, unseen -> new Quota())
					.warning(LOG, loop.now())
					.addKeyValue("name", name)
					.addKeyValue("reason", noValue.getMessage())
					.addKeyValue("counts_as", onError ? "match" : "no match")
					.log("expression could not be evaluated");
			return onError;
		}
	}
}
