package proxy.log;

import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says that the process is about to end, before anything stops. */
@Component(immediate = true, service = {})
public final class Shutdown implements SynchronousBundleListener {

	private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

	private final BundleContext context;

	@Activate
	public Shutdown(BundleContext context) {
		this.context = context;
		context.addBundleListener(this);
	}

	@Override
	public void bundleChanged(BundleEvent event) {
		if (event.getType() == BundleEvent.STOPPING && event.getBundle().getBundleId() == 0) {
			LOG.info("Shutdown signal received. Shutting down listeners.");
		}
	}

	@Deactivate
	void close() {
		context.removeBundleListener(this);
	}
}
