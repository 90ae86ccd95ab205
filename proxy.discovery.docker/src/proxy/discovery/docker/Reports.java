package proxy.discovery.docker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.upstream.Upstream;

/** Hands every report to every subscriber, in order, on a thread of its own. */
final class Reports implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(Reports.class);

	/** For the thread only. */
	private final List<Subscription> subscriptions = new ArrayList<>();
	private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
		Thread reporter = new Thread(task, "gatehouse-docker-reports");
		reporter.setDaemon(true);
		return reporter;
	});
	/** For the thread only; null while nothing is known. */
	private Map<String, List<Upstream>> last;

	AutoCloseable subscribe(Consumer<Map<String, List<Upstream>>> listener) {
		Subscription subscription = new Subscription(listener);
		thread.execute(() -> {
			subscriptions.add(subscription);
			if (last != null) {
				subscription.report(last);
			}
		});
		return subscription;
	}

	void publish(Map<String, List<Upstream>> report) {
		thread.execute(() -> {
			last = report;
			subscriptions.removeIf(Subscription::isClosed);
			subscriptions.forEach(subscription -> subscription.report(report));
		});
	}

	@Override
	public void close() {
		thread.shutdown();
	}

	private static final class Subscription implements AutoCloseable {

		private final Consumer<Map<String, List<Upstream>>> listener;
		private boolean closed;

		Subscription(Consumer<Map<String, List<Upstream>>> listener) {
			this.listener = listener;
		}

		synchronized void report(Map<String, List<Upstream>> report) {
			try {
				if (!closed) {
					listener.accept(report);
				}
			} catch (RuntimeException e) {
				log.atError().setCause(e).log("docker: a report was not taken");
			}
		}

		/** Waits for the report that is being given, if there is one. */
		@Override
		public synchronized void close() {
			closed = true;
		}

		synchronized boolean isClosed() {
			return closed;
		}
	}
}
