package proxy.discovery.docker;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.runtime.GatewayRuntime;
import proxy.api.runtime.Problem;

/** Says how the connection to the engine fares: once when it changes, not at every attempt. The gateway logs problems. */
final class Link {

	private static final Logger log = LoggerFactory.getLogger(Link.class);
	static final String SETTING = "service_discovery.docker.socket";

	private enum State {
		NEW,
		MISSING,
		UP,
		DOWN
	}

	private final EngineAddress address;
	private final GatewayRuntime runtime;
	private State state = State.NEW;
	private boolean wasUp;
	private volatile String status = "not connected yet";

	Link(EngineAddress address, GatewayRuntime runtime) {
		this.address = address;
		this.runtime = runtime;
	}

	String status() {
		return status;
	}

	/** There is no socket. Normal where there is no engine. */
	void missing() {
		if (wasUp) {
			down("the socket is gone");
		} else if (state != State.MISSING) {
			log.atInfo().addKeyValue("socket", address).log("docker socket not found, discovery disabled");
			runtime.clear(SETTING);
			state = State.MISSING;
			status = "socket not found";
		}
	}

	void up(int containers) {
		status = "connected, " + containers + (containers == 1 ? " labelled container" : " labelled containers");
		if (state == State.UP) {
			return;
		}
		log.atInfo().addKeyValue("socket", address).addKeyValue("containers", containers).log("docker: connected");
		runtime.clear(SETTING);
		state = State.UP;
		wasUp = true;
	}

	void down(String reason) {
		log.atDebug().addKeyValue("socket", address).addKeyValue("reason", reason).log("docker: no connection");
		if (state == State.DOWN) {
			return;
		}
		String consequence = wasUp ? "the upstreams known last stay in force" : "no upstreams are known yet";
		runtime.report(new Problem(
				SETTING,
				"no connection to the Docker engine at " + address + " (" + reason + "), trying again; " + consequence));
		state = State.DOWN;
		status = "not connected: " + reason;
	}

	void close() {
		runtime.clear(SETTING);
	}

	/** Why it failed, for people. */
	static String reason(Exception e) {
		String message = e.getMessage();
		if (message == null || !(e instanceof IOException)) {
			return e.toString();
		}
		if (e instanceof AccessDeniedException || message.equals("Permission denied")) {
			return "permission denied; the gateway's user has to be in the group that owns the socket";
		}
		boolean plain = e instanceof ConnectException || message.startsWith("the ");
		return plain ? message : e.getClass().getSimpleName() + ": " + message;
	}
}
