package proxy.core.gateway;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.runtime.Problem;
import proxy.core.http.Endpoint;
import proxy.core.http1.Http1;
import proxy.core.http2.Http2;
import proxy.core.loop.Acceptor;
import proxy.core.loop.Loops;
import proxy.core.tls.ClientEngines;
import proxy.core.tls.TlsEngines;

/** What all listeners and services stand on: the event loops, the TLS engine, the control thread. */
@Component(service = Engine.class, immediate = true, configurationPid = "proxy.core")
@Designate(ocd = Engine.Config.class)
public final class Engine {

	@ObjectClassDefinition(
			name = "Gatehouse: Core",
			description = "Event loops and TLS. A change restarts all listeners; connections are drained.")
	@interface Config {

		@AttributeDefinition(description = "Event loop threads; 0 for one for each processor.", min = "0", max = "1024")
		int threads() default 0;

		@AttributeDefinition(
				description = "The implementation of TLS; auto takes the fastest that works here.",
				options = {
					@Option(label = "fastest available", value = "auto"),
					@Option(label = "Conscrypt (native)", value = "conscrypt"),
					@Option(label = "Bouncy Castle (Java)", value = "bouncycastle"),
					@Option(label = "JDK", value = "jdk")
				})
		String tls_engine() default "auto";

		@AttributeDefinition(
				description = "How long connections may finish what they do when a listener goes, in milliseconds.", min = "0")
		long drain_timeout_ms() default 20_000;
	}

	private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
	private static final int MAX_THREADS = 1024;
	private static final long DRAIN_LOOK_MILLIS = 10;
	private static final long CUT_MILLIS = 1_000;

	private final List<Problem> problems = new ArrayList<>();
	private final ControlThread control = new ControlThread();
	private final Loops loops;
	private final TlsEngines tls;
	private final Http1 http1;
	private final Http2 http2;
	private final long drainMillis;
	private final BitSet slots = new BitSet();
	private final Set<Drain> draining = ConcurrentHashMap.newKeySet();
	private final AtomicInteger cut = new AtomicInteger();
	private volatile boolean ending;

	@Activate
	public Engine(Config config) throws IOException {
		tls = tls(config.tls_engine());
		ClientEngines clients = new ClientEngines();
		int threads = threads(config.threads());
		loops = new Loops(threads, clients::engine);
		http1 = new Http1(loops);
		http2 = new Http2(loops);
		drainMillis = config.drain_timeout_ms();
	}

	/** A wrong setting here must not take everything down: the default serves, and the problem is told. */
	private TlsEngines tls(String choice) {
		try {
			return TlsEngines.choose(choice);
		} catch (RuntimeException | LinkageError unusable) {
			problems.add(new Problem("core.tls_engine", choice + " cannot be used: " + unusable.getMessage()));
			return TlsEngines.choose("auto");
		}
	}

	private int threads(int configured) {
		if (configured < 0 || configured > MAX_THREADS) {
			problems.add(new Problem("core.threads", configured + " is not in 0.." + MAX_THREADS));
		} else if (configured > 0) {
			return configured;
		}
		return Runtime.getRuntime().availableProcessors();
	}

	/** What of the engine's own settings is not in force. */
	List<Problem> problems() {
		return problems;
	}

	@Deactivate
	void deactivate() throws InterruptedException {
		awaitDrained();
		loops.stop();
		control.stop();
	}

	/** Everything is about to stop: nothing is opened any more. */
	void end() {
		ending = true;
	}

	boolean isEnding() {
		return ending;
	}

	/**
	 * Waits until everything that drains has ended, or has been cut because it took too long.
	 *
	 * @return how many connections were cut
	 */
	int awaitDrained() throws InterruptedException {
		long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(drainMillis + CUT_MILLIS);
		draining.removeIf(Drain::isOver);
		while (!draining.isEmpty() && System.nanoTime() < until) {
			Thread.sleep(DRAIN_LOOK_MILLIS);
			draining.removeIf(Drain::isOver);
		}
		return cut.get();
	}

	/**
	 * Lets the connections of an endpoint end in their own time, up to the limit. If another process has taken the address
	 * over, idle ones may bring one more request, to be told that it was the last; else nobody would be there to turn to.
	 */
	void drain(Acceptor acceptor, Endpoint endpoint) {
		Drain drain = new Drain(acceptor, endpoint);
		draining.add(drain);
		endpoint.drain(isTakenOver(acceptor) ? drainMillis / 2 : 0);
		control.after(drainMillis, () -> {
			if (!ending && !drain.isOver()) {
				LOG.atInfo()
						.addKeyValue("listener", endpoint.name())
						.addKeyValue("connections", drain.connections())
						.log("the drain time is over, what is still connected is cut off");
			}
			cut.addAndGet(drain.connections());
			endpoint.abort();
			draining.remove(drain);
		});
	}

	private static boolean isTakenOver(Acceptor acceptor) {
		try {
			return acceptor.isTakenOver();
		} catch (IOException unknown) {
			return false;
		}
	}

	/** What was accepted at an address that is not listened at any more. */
	private record Drain(Acceptor acceptor, Endpoint endpoint) {

		int connections() {
			return acceptor.handshakes() + endpoint.connections();
		}

		boolean isOver() {
			return connections() == 0;
		}
	}

	long drainMillis() {
		return drainMillis;
	}

	ControlThread control() {
		return control;
	}

	Loops loops() {
		return loops;
	}

	TlsEngines tls() {
		return tls;
	}

	Http1 http1() {
		return http1;
	}

	Http2 http2() {
		return http2;
	}

	/** The smallest index that no listener has. */
	int takeSlot() {
		synchronized (slots) {
			int slot = slots.nextClearBit(0);
			slots.set(slot);
			return slot;
		}
	}

	void giveSlot(int slot) {
		synchronized (slots) {
			slots.clear(slot);
		}
	}
}
