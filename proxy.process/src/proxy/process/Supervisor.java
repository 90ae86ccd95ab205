package proxy.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one command running, on a thread of its own. Whoever changes what is to run sets {@link #wanted} and wakes it up;
 * everything else is that thread's.
 */
final class Supervisor implements Runnable {

	private static final Logger LOG = LoggerFactory.getLogger("proxy.child_process");
	private static final long READY_LOOK_MILLIS = 50;
	private static final int CONNECT_MILLIS = 1_000;

	private final Events events;
	private final long firstPauseMillis;
	private final Thread thread = new Thread(this, "gatehouse-child");
	/** Null before there is anything to run. */
	private Command wanted;
	private boolean stopped;
	/** Whether what stood in the way of the process has gone, so that the next start neither waits nor follows a long pause. */
	private boolean cleared;

	/** What others want to know; called on the supervisor's thread. */
	interface Events {

		/** It cannot be started: it is tried again. */
		void failed(Command command, String reason);

		void started(Command command);

		/** It is ready, or was waited for long enough, or cannot be started. */
		void settled();
	}

	/** @param first what to run, or null for nothing yet */
	Supervisor(Command first, long firstPauseMillis, Events events) {
		wanted = first;
		this.firstPauseMillis = firstPauseMillis;
		this.events = events;
		thread.setDaemon(true);
	}

	void start() {
		thread.start();
	}

	/** What to run from now on. */
	synchronized void run(Command command) {
		wanted = command;
		notifyAll();
	}

	/** What kept the process from running may have gone: if it waits to be started again, that is now. */
	synchronized void tryAgain() {
		cleared = true;
		notifyAll();
	}

	private synchronized boolean takeCleared() {
		boolean was = cleared;
		cleared = false;
		return was;
	}

	/** Stops the process, and returns when it has ended. */
	void stop() throws InterruptedException {
		long patience;
		synchronized (this) {
			stopped = true;
			patience = patience();
			notifyAll();
		}
		thread.join(patience + 5_000);
	}

	private synchronized boolean isOver(Command running) {
		return stopped || !wanted.runsAs(running);
	}

	/** How long the process may take to stop. */
	private synchronized long patience() {
		return wanted == null ? 0 : wanted.stopMillis();
	}

	/** What to run next, or null for the end. */
	private synchronized Command next() throws InterruptedException {
		while (!stopped && wanted == null) {
			wait();
		}
		return stopped ? null : wanted;
	}

	/** Waits until there is a reason not to, or for so long. */
	private synchronized void await(long millis, BooleanSupplier reason) throws InterruptedException {
		long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
		for (long left = millis; left > 0 && !reason.getAsBoolean(); left = (until - System.nanoTime()) / 1_000_000) {
			wait(left);
		}
	}

	private synchronized void awaitNext(Command ended, long millis) throws InterruptedException {
		await(millis, () -> cleared || isOver(ended));
	}

	@Override
	public void run() {
		try {
			Command last = null;
			Pause pause = new Pause(firstPauseMillis);
			for (Command next = next(); next != null; next = next()) {
				if (takeCleared() || last == null || !next.runsAs(last)) {
					pause = new Pause(firstPauseMillis);
				}
				last = next;
				long began = System.nanoTime();
				String end = life(next);
				if (!isOver(next)) {
					long millis = pause.after((System.nanoTime() - began) / 1_000_000);
					LOG.atWarn().addKeyValue("pause_ms", millis).log("child process {}; it is started again", end);
					awaitNext(next, millis);
				}
			}
		} catch (InterruptedException unexpected) {
			Thread.currentThread().interrupt();
		} finally {
			events.settled();
		}
	}

	/** From a start to an end, which it describes. */
	private String life(Command command) throws InterruptedException {
		boolean taken = command.ready() != null && accepts(command.ready());
		Process process;
		try {
			process = command.start();
		} catch (IOException failed) {
			events.failed(command, failed.getMessage());
			events.settled();
			return "cannot be started: " + failed.getMessage();
		}
		LOG.atInfo().addKeyValue("pid", process.pid()).log("child process started: {}", command.words().get(0));
		events.started(command);
		OutputLog.follow(LOG, process);
		process.onExit().thenRun(this::wake);
		awaitReady(command, process, taken);
		events.settled();
		synchronized (this) {
			while (process.isAlive() && !isOver(command)) {
				wait();
			}
		}
		if (process.isAlive()) {
			stop(process);
		}
		return "ended with code " + process.waitFor();
	}

	private synchronized void wake() {
		notifyAll();
	}

	/**
	 * @param taken whether somebody else accepts connections there: the child process of a gateway that is being replaced. As long
	 *     as that is so, a connection says nothing of this one.
	 */
	private void awaitReady(Command command, Process process, boolean taken) throws InterruptedException {
		if (command.ready() == null) {
			return;
		}
		if (taken) {
			LOG.info("another process accepts connections at {}; the child process is ready when it does so itself", command.readyText());
		}
		boolean others = taken;
		long began = System.nanoTime();
		long until = began + TimeUnit.MILLISECONDS.toNanos(command.readyMillis());
		while (process.isAlive() && !isOver(command)) {
			boolean accepts = accepts(command.ready());
			others &= accepts;
			if (accepts && (!others || listens(process, command.ready().getPort()))) {
				LOG.atInfo().addKeyValue("ms", (System.nanoTime() - began) / 1_000_000).log("child process is ready");
				return;
			}
			if (System.nanoTime() > until) {
				LOG.warn("child process is not ready after {} ms: {} accepts connections at {}",
						command.readyMillis(), others ? "only another process" : "nothing", command.readyText());
				return;
			}
			await(READY_LOOK_MILLIS, () -> isOver(command));
		}
	}

	/** Where nobody can tell, because the port is another machine's for instance, it is taken to. */
	private static boolean listens(Process process, int port) {
		try {
			return !Listening.isByOthers(process.toHandle(), port);
		} catch (IOException | UncheckedIOException unknown) {
			return process.isAlive();
		}
	}

	private static boolean accepts(InetSocketAddress address) {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(address.getHostString(), address.getPort()), CONNECT_MILLIS);
			return true;
		} catch (IOException notYet) {
			return false;
		}
	}

	/** SIGTERM, and SIGKILL for what is left of it and of its own children when its time is over. */
	private void stop(Process process) throws InterruptedException {
		long millis = patience();
		List<ProcessHandle> family = process.descendants().toList();
		// not process.destroy(), which closes what it still has to say
		process.toHandle().destroy();
		if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
			LOG.atInfo().addKeyValue("pid", process.pid()).log("child process stopped");
		} else {
			LOG.atWarn().addKeyValue("pid", process.pid()).log("child process did not stop within {} ms and is killed", millis);
			process.destroyForcibly().waitFor();
		}
		family.forEach(ProcessHandle::destroyForcibly);
	}
}
