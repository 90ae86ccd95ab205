package proxy.process;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.runtime.GatewayRuntime;
import proxy.api.runtime.Problem;

/**
 * Takes over from another process: waits until this one serves at all its listeners, asks the other to stop, and says
 * when it has ended. If this one does not get ready, it ends and the other goes on.
 */
final class Replacement implements Runnable {

	private static final Logger LOG = LoggerFactory.getLogger(Replacement.class);
	private static final long LOOK_MILLIS = 50;
	private static final long READY_SECONDS = 60;
	/** Longer than any drain. */
	private static final long END_SECONDS = 600;

	private final ProcessHandle before;
	private final GatewayRuntime runtime;
	private final Runnable serve;

	/** @param serve makes this process the one that serves, for others to see */
	Replacement(ProcessHandle before, GatewayRuntime runtime, Runnable serve) {
		this.before = before;
		this.runtime = runtime;
		this.serve = serve;
	}

	@Override
	public void run() {
		try {
			String obstacle = awaitReady();
			if (obstacle == null) {
				takeOver();
			} else {
				LOG.error("cannot take over from process {}, which goes on: {}", before.pid(), obstacle);
				// not from here: the end waits for this thread's component
				new Thread(() -> System.exit(1), "gatehouse-exit").start();
			}
		} catch (InterruptedException stopped) {
			Thread.currentThread().interrupt();
		}
	}

	/** Returns what stands in the way, or null. */
	private String awaitReady() throws InterruptedException {
		long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
		while (!runtime.settled()) {
			if (System.nanoTime() > until) {
				return "not ready after " + READY_SECONDS + " s";
			}
			Thread.sleep(LOOK_MILLIS);
		}
		for (Problem problem : runtime.problems()) {
			if (problem.setting().startsWith("listeners.")) {
				return problem.toString();
			}
		}
		return runtime.listeners().isEmpty() ? "there is no listener" : null;
	}

	private void takeOver() throws InterruptedException {
		serve.run();
		LOG.atInfo().addKeyValue("pid", before.pid()).log("serving; process {} is asked to stop", before.pid());
		before.destroy();
		try {
			before.onExit().get(END_SECONDS, TimeUnit.SECONDS);
			LOG.atInfo().addKeyValue("pid", before.pid()).log("process {} has ended", before.pid());
		} catch (TimeoutException | ExecutionException still) {
			LOG.warn("process {} has not ended", before.pid());
		}
	}
}
