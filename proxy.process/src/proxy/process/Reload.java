package proxy.process;

import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.runtime.Reloadable;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * SIGHUP has files looked at and log files opened anew, instead of ending the process. Where it was ignored when the process
 * was started, as by nohup, Java leaves it so.
 */
@Component(immediate = true, service = Reload.class)
public final class Reload {

	private static final Logger LOG = LoggerFactory.getLogger(Reload.class);
	private static final Signal HANGUP = new Signal("HUP");

	@Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
	private volatile List<Reloadable> reloadables;

	private final Bundle framework;
	private final SignalHandler before;

	@Activate
	public Reload(BundleContext context) {
		framework = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
		before = Signal.handle(HANGUP, this::received);
	}

	private void received(Signal signal) {
		if (framework.getState() == Bundle.STOPPING) {
			return;
		}
		LOG.info("SIGHUP received. Looking at all files again.");
		for (Reloadable reloadable : reloadables) {
			try {
				reloadable.reload();
			} catch (RuntimeException leaving) {
				LOG.warn("{} cannot reload", reloadable.getClass().getName(), leaving);
			}
		}
	}

	@Deactivate
	void deactivate() {
		if (framework.getState() != Bundle.STOPPING) {
			Signal.handle(HANGUP, before);
		}
	}
}
