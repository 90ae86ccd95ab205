package proxy.core.gateway;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;
import proxy.api.runtime.Problem;
import proxy.core.http.Endpoint;
import proxy.core.http1.Http1;
import proxy.core.http2.Http2;
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

		@AttributeDefinition(description = "Event loop threads; 0 for one for each processor.")
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
				description = "How long connections may finish what they do when a listener goes, in milliseconds.")
		long drain_timeout_ms() default 20_000;
	}

	private static final int MAX_THREADS = 1024;

	private final List<Problem> problems = new ArrayList<>();
	private final ControlThread control = new ControlThread();
	private final Loops loops;
	private final TlsEngines tls;
	private final Http1 http1;
	private final Http2 http2;
	private final long drainMillis;
	private final BitSet slots = new BitSet();
	private final Set<Endpoint> draining = ConcurrentHashMap.newKeySet();

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
		long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(drainMillis);
		synchronized (draining) {
			while (!draining.isEmpty() && System.nanoTime() < until) {
				draining.wait(100);
				draining.removeIf(endpoint -> endpoint.connections() == 0);
			}
		}
		loops.stop();
		control.stop();
	}

	/** Lets the connections of an endpoint end in their own time, up to the limit. */
	void drain(Endpoint endpoint) {
		draining.add(endpoint);
		endpoint.drain();
		control.after(drainMillis, () -> {
			endpoint.abort();
			draining.remove(endpoint);
		});
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
