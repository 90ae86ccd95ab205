package proxy.core.gateway;

import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of the process: while every bundle is still there, listeners are closed and what they had accepted is finished.
 * The framework waits for that before it stops anything.
 */
@Component(service = Shutdown.class, immediate = true)
public final class Shutdown implements SynchronousBundleListener {

	private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

	private final BundleContext context;
	private final Engine engine;
	private final Status status;

	@Activate
	public Shutdown(BundleContext context, @Reference Engine engine, @Reference Status status) {
		this.context = context;
		this.engine = engine;
		this.status = status;
		context.addBundleListener(this);
	}

	@Override
	public void bundleChanged(BundleEvent event) {
		if (event.getType() == BundleEvent.STOPPING && event.getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID) {
			end();
		}
	}

	private void end() {
		LOG.info("Shutdown signal received. Shutting down listeners.");
		long began = System.nanoTime();
		engine.end();
		status.closeListeners();
		try {
			int cut = engine.awaitDrained();
			long millis = (System.nanoTime() - began) / 1_000_000;
			if (cut > 0) {
				LOG.atWarn().addKeyValue("ms", millis).log("{} connections did not end in time and were cut", cut);
			} else {
				LOG.atInfo().addKeyValue("ms", millis).log("all connections have ended");
			}
		} catch (InterruptedException interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	@Deactivate
	void deactivate() {
		context.removeBundleListener(this);
	}
}
