package proxy.api.runtime;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** What the gateway does right now. Any thread; every answer is a snapshot. */
@ProviderType
public interface GatewayRuntime {

	/** The routing table in force, counted from 1; it grows by one with every table published. */
	long table();

	/** The TLS engine in use with its version, and the key exchange groups it prefers: "Conscrypt 2.9.0 (X25519MLKEM768)". */
	String tlsEngine();

	List<ListenerState> listeners();

	List<ServiceState> services();

	List<RuleState> rules();

	/** What is configured but not in force, in order of setting. */
	List<Problem> problems();

	/**
	 * Says that something configured is not in force; replaces what was said of the same setting before. Meant for the
	 * constructor of a component that refuses its configuration, before it throws.
	 */
	void report(Problem problem);

	/** As {@link #report}, for who has put the problem into the log already. */
	default void note(Problem problem) {
		report(problem);
	}

	/** Withdraws every problem reported for the setting and for settings below it ({@code services.api} and {@code services.api.route}). */
	void clear(String setting);

	/** Calls the listener, on the control thread, after each change of what this interface answers; close to stop it. */
	AutoCloseable onChange(Runnable listener);

	/**
	 * Says that configuration is still being brought in: until the result is closed, {@link #settled} stays false. For
	 * whoever brings it in at the start.
	 */
	default AutoCloseable hold() {
		return () -> {};
	}

	/** Waits for nothing: whether everything that was configured when the gateway began has been tried once. */
	boolean settled();

	/**
	 * @param address as a URL, {@code https://0.0.0.0:443}
	 * @param services offered, in order of evaluation
	 * @param connections open now
	 */
	record ListenerState(String name, String address, List<String> services, int connections) {}

	/**
	 * @param kind {@code http_proxy}, {@code static}, …
	 * @param route the expression, "" for all requests
	 * @param requests answered since the service appeared
	 */
	record ServiceState(String name, String kind, String route, long requests) {}

	/** @param matches requests that matched since the rule appeared */
	record RuleState(String name, List<String> actions, boolean logOnly, long matches) {}
}
