package proxy.core.gateway;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that owns every change. */
final class ControlThread {

	private static final Logger LOG = LoggerFactory.getLogger(ControlThread.class);

	private final ScheduledThreadPoolExecutor executor;

	ControlThread() {
		executor = new ScheduledThreadPoolExecutor(1, task -> {
			Thread thread = new Thread(task, "gatehouse-control");
			thread.setDaemon(true);
			return thread;
		});
		executor.setRemoveOnCancelPolicy(true);
		// what is asked for behind the end is of no use
		executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
		executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
	}

	void execute(Runnable task) {
		executor.execute(() -> run(task));
	}

	ScheduledFuture<?> after(long millis, Runnable task) {
		return executor.schedule(() -> run(task), millis, TimeUnit.MILLISECONDS);
	}

	private static void run(Runnable task) {
		try {
			task.run();
		} catch (RuntimeException | Error bug) {
			LOG.error("a change could not be made because of an unexpected error", bug);
		}
	}

	void stop() {
		executor.shutdown();
	}
}
