package proxy.tls.acme;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One control thread, which owns all state, and a few threads that talk with the authority and may wait for it. */
final class Threads {

	private static final Logger log = LoggerFactory.getLogger(Threads.class);
	private static final int ORDERS_AT_ONCE = 4;
	private static final long IDLE_SECONDS = 10;
	private static final long STOP_SECONDS = 5;

	private final ScheduledThreadPoolExecutor control;
	private final ThreadPoolExecutor orders;
	private Future<?> timer;

	Threads() {
		control = new ScheduledThreadPoolExecutor(1, factory("gatehouse-acme"));
		control.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
		control.setRemoveOnCancelPolicy(true);
		orders = new ThreadPoolExecutor(
				ORDERS_AT_ONCE,
				ORDERS_AT_ONCE,
				IDLE_SECONDS,
				TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(),
				factory("gatehouse-acme-order"));
		orders.allowCoreThreadTimeOut(true);
	}

	/** Runs the task on the control thread, and waits for its end. */
	void control(Runnable task) throws InterruptedException {
		try {
			control.submit(task).get();
		} catch (ExecutionException e) {
			throw new IllegalStateException(e.getCause());
		}
	}

	/** Runs the task on the control thread, soon; never after a stop. */
	void later(Runnable task) {
		try {
			control.execute(guarded(task));
		} catch (RejectedExecutionException e) {
			log.debug("stopped, and so nobody wants to know any more");
		}
	}

	/** Runs the task on the control thread after a pause, instead of the one that was set before. For the control thread. */
	void timer(Duration pause, Runnable task) {
		if (timer != null) {
			timer.cancel(false);
		}
		timer = control.schedule(guarded(task), pause.toMillis(), TimeUnit.MILLISECONDS);
	}

	/** Runs a task that may block; it is interrupted by a stop. For the control thread. */
	void blocking(Runnable task) {
		orders.execute(task);
	}

	void stop() throws InterruptedException {
		control.shutdown();
		control.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
		orders.shutdownNow();
		orders.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
	}

	private static Runnable guarded(Runnable task) {
		return () -> {
			try {
				task.run();
			} catch (RuntimeException e) {
				log.atError().setCause(e).log("tls: looking after certificates failed");
			}
		};
	}

	private static ThreadFactory factory(String name) {
		AtomicInteger count = new AtomicInteger();
		return task -> {
			Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		};
	}
}
