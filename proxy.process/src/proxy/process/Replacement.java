package proxy.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.runtime.GatewayRuntime;
import proxy.api.runtime.Problem;
import proxy.pem.PrivateFile;

/**
 * Takes over from another process: waits until this one serves at all its listeners, asks the other to stop, and says
 * when it has ended. If this one does not get ready, it ends and the other goes on.
 */
final class Replacement implements Runnable {

	private static final Logger LOG = LoggerFactory.getLogger(Replacement.class);
	private static final long LOOK_MILLIS = 50;
	private static final long READY_SECONDS = 60;
	/** Who has been asked to stop closes its listeners first of all, which takes milliseconds. */
	private static final long SLOW_SECONDS = 5;
	private static final long HUNG_SECONDS = 20;
	/** Longer than any drain. */
	private static final long END_SECONDS = 600;

	private final ProcessHandle before;
	private final Instance instance;

	Replacement(ProcessHandle before, Instance instance) {
		this.before = before;
		this.instance = instance;
	}

	@Override
	public void run() {
		try {
			String obstacle = awaitReady();
			if (obstacle == null) {
				takeOver();
			} else {
				giveUp(", which goes on: " + obstacle);
			}
		} catch (InterruptedException stopped) {
			Thread.currentThread().interrupt();
		}
	}

	/** Returns what stands in the way, or null. */
	private String awaitReady() throws InterruptedException {
		long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
		GatewayRuntime runtime = instance.runtime();
		while (runtime == null || !runtime.settled()) {
			if (System.nanoTime() > until) {
				return "not ready after " + READY_SECONDS + " s";
			}
			Thread.sleep(LOOK_MILLIS);
			runtime = instance.runtime();
		}
		for (Problem problem : runtime.problems()) {
			if (problem.setting().startsWith("listeners.")) {
				return problem.toString();
			}
		}
		return runtime.listeners().isEmpty() ? "there is no listener" : null;
	}

	/** A process that is about to end anyway is not asked to: that would be its second signal. */
	private void takeOver() throws InterruptedException {
		long serving;
		try {
			serving = instance.claim(before.pid());
		} catch (IOException failed) {
			giveUp(", which goes on: the pid file cannot be written: " + PrivateFile.reason(failed));
			return;
		}
		if (serving == before.pid()) {
			LOG.atInfo().addKeyValue("pid", before.pid()).log("serving; process {} is asked to stop", before.pid());
			before.destroy();
		} else if (serving == PidFile.NOBODY) {
			LOG.atInfo().addKeyValue("pid", before.pid()).log("serving; process {} is about to end already", before.pid());
		} else {
			giveUp(": process " + serving + " has done so");
			return;
		}
		awaitEnd();
	}

	private void giveUp(String reason) {
		LOG.error("cannot take over from process {}{}", before.pid(), reason);
		instance.end();
	}

	/** A hung process would go on taking a share of the connections, and never answer them. */
	private void awaitEnd() throws InterruptedException {
		if (!ends(SLOW_SECONDS) && listens()) {
			LOG.atWarn().addKeyValue("pid", before.pid()).log(
					"process {} still listens {} s after it was asked to stop, and takes a share of the connections; if it does so after {} s,"
							+ " it is killed", before.pid(), SLOW_SECONDS, HUNG_SECONDS);
			if (!ends(HUNG_SECONDS - SLOW_SECONDS) && listens()) {
				LOG.atWarn().addKeyValue("pid", before.pid()).log("process {} hangs and is killed", before.pid());
				kill();
			}
		}
		if (ends(END_SECONDS)) {
			LOG.atInfo().addKeyValue("pid", before.pid()).log("process {} has ended", before.pid());
		} else {
			LOG.warn("process {} has not ended after {} s; this process serves all the same", before.pid(), END_SECONDS);
		}
	}

	private boolean ends(long seconds) throws InterruptedException {
		try {
			before.onExit().get(seconds, TimeUnit.SECONDS);
			return true;
		} catch (TimeoutException | ExecutionException still) {
			return false;
		}
	}

	/** Whether the process before takes connections that are meant for this one; false where nobody can tell. */
	private boolean listens() {
		GatewayRuntime runtime = instance.runtime();
		try {
			for (GatewayRuntime.ListenerState listener : runtime == null ? List.<GatewayRuntime.ListenerState>of() : runtime.listeners()) {
				if (Listening.isBy(before, URI.create(listener.address()).getPort())) {
					return true;
				}
			}
		} catch (IOException | UncheckedIOException unknown) {
			LOG.atDebug().setCause(unknown).log("cannot tell whether process {} listens", before.pid());
		}
		return false;
	}

	/** With what it has started, which may end in good order. */
	private void kill() {
		List<ProcessHandle> family = before.descendants().toList();
		before.destroyForcibly();
		family.forEach(ProcessHandle::destroy);
	}
}
