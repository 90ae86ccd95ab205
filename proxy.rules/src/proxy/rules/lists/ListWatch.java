package proxy.rules.lists;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread on which the files of all lists are looked at, and read when they have changed. */
@Component(service = ListWatch.class)
public final class ListWatch {

	private static final Logger LOG = LoggerFactory.getLogger(ListWatch.class);
	private static final long PERIOD_MS = 500;

	private final long periodMillis;
	private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
		Thread created = new Thread(task, "gatehouse-lists");
		created.setDaemon(true);
		return created;
	});

	@Activate
	public ListWatch() {
		this(PERIOD_MS);
	}

	ListWatch(long periodMillis) {
		this.periodMillis = periodMillis;
	}

	/** Runs it again and again until the returned task is cancelled, whatever becomes of one run. */
	ScheduledFuture<?> every(Runnable look) {
		return thread.scheduleWithFixedDelay(() -> run(look), periodMillis, periodMillis, TimeUnit.MILLISECONDS);
	}

	/** Runs it once, beside that. */
	void soon(Runnable look) {
		thread.execute(() -> run(look));
	}

	private static void run(Runnable look) {
		try {
			look.run();
		} catch (RuntimeException | Error e) {
			LOG.error("lists: looking at a list's file failed", e);
		}
	}

	@Deactivate
	void stop() {
		thread.shutdownNow();
	}
}
