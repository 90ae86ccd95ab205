package proxy.log;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import proxy.api.runtime.GatewayRuntime;
import proxy.api.runtime.Notice;

/**
 * Says once what runs where, as soon as everything configured has been tried. In a framework that is up already nothing is
 * starting, and nothing is said.
 */
@Component(immediate = true, service = {})
public final class StartScreen implements FrameworkListener {

	private static final long PATIENCE_MILLIS = 15_000;

	/** Once in the life of the process, whatever is restarted in it. */
	private static final AtomicBoolean SHOWN = new AtomicBoolean();

	private final BundleContext context;
	private final Bundle framework;
	/** As it was at the start: when this is told, the bundle may be stopping, and its context answers no more. */
	private final Product product;
	private final GatewayRuntime runtime;
	private final LogOutput output;
	private final Map<ServiceReference<Notice>, Notice> notices = new ConcurrentSkipListMap<>((a, b) -> b.compareTo(a));
	private final AutoCloseable subscription;
	private final Thread thread = new Thread(this::run, "gatehouse-start");
	private boolean closed;

	@Activate
	public StartScreen(BundleContext context, @Reference GatewayRuntime runtime, @Reference LogOutput output) {
		this.context = context;
		framework = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
		product = Product.of(context);
		this.runtime = runtime;
		this.output = output;
		context.addFrameworkListener(this);
		subscription = runtime.onChange(this::wake);
		thread.setDaemon(true);
		if (!SHOWN.get() && !runtime.settled()) {
			thread.start();
		}
	}

	@Reference(cardinality = MULTIPLE, policy = DYNAMIC)
	void addNotice(Notice notice, ServiceReference<Notice> reference) {
		notices.put(reference, notice);
	}

	void removeNotice(Notice notice, ServiceReference<Notice> reference) {
		notices.remove(reference, notice);
	}

	@Override
	public void frameworkEvent(FrameworkEvent event) {
		if (event.getType() == FrameworkEvent.STARTED) {
			wake();
		}
	}

	private synchronized void wake() {
		notifyAll();
	}

	private void run() {
		try {
			if (awaitStart()) {
				show();
			}
		} catch (InterruptedException stopped) {
			Thread.currentThread().interrupt();
		}
	}

	/** Bundles still on their way may yet add a listener or a notice, so that both the framework and the gateway must be done. */
	private synchronized boolean awaitStart() throws InterruptedException {
		while (!closed && framework.getState() != Bundle.ACTIVE) {
			wait();
		}
		long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
		for (long left = 1; left > 0 && !closed && !runtime.settled(); ) {
			left = (deadline - System.nanoTime()) / 1_000_000;
			wait(Math.max(1, left));
		}
		return !closed;
	}

	private void show() {
		SHOWN.set(true);
		StartReport report = StartReport.of(product, runtime, List.copyOf(notices.values()));
		if (output.human()) {
			output.page(report.page(output.paint()));
		} else {
			report.log();
		}
	}

	@Deactivate
	void close() throws Exception {
		synchronized (this) {
			closed = true;
			notifyAll();
		}
		context.removeFrameworkListener(this);
		subscription.close();
	}
}
