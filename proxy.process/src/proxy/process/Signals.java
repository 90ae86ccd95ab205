package proxy.process;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * SIGTERM and SIGINT stop the framework, which is a clean end with exit code 0; another one ends the process at once. Without
 * this component they would do the first only, and with the exit code of a process that was killed.
 */
@Component(immediate = true, service = Signals.class)
public final class Signals {

	private static final Logger LOG = LoggerFactory.getLogger(Signals.class);
	private static final int KILLED = 128;

	@Reference(
			cardinality = ReferenceCardinality.OPTIONAL,
			policy = ReferencePolicy.DYNAMIC,
			policyOption = ReferencePolicyOption.GREEDY)
	private volatile Instance instance;

	private final Bundle framework;
	private final AtomicBoolean stopping = new AtomicBoolean();
	private final Map<Signal, SignalHandler> before = new HashMap<>();

	@Activate
	public Signals(BundleContext context) {
		framework = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
		for (String name : List.of("TERM", "INT")) {
			Signal signal = new Signal(name);
			before.put(signal, Signal.handle(signal, this::received));
		}
	}

	private void received(Signal signal) {
		if (stopping.getAndSet(true)) {
			ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
			Runtime.getRuntime().halt(KILLED + signal.getNumber());
		}
		Instance leaving = instance;
		if (leaving != null) {
			// before connections are finished, which takes a while: a successor's signal would be the second
			leaving.leave();
		}
		try {
			framework.stop();
		} catch (BundleException failed) {
			LOG.error("cannot stop in good order", failed);
			Runtime.getRuntime().halt(1);
		}
	}

	@Deactivate
	void deactivate() {
		if (framework.getState() != Bundle.STOPPING) {
			before.forEach(Signal::handle);
		}
	}
}
