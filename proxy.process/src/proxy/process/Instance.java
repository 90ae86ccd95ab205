package proxy.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.runtime.GatewayRuntime;
import proxy.pem.PrivateFile;

/**
 * This process in its data directory: the one that serves, or the one that is about to take over. It outlives restarts of
 * the gateway's core.
 */
@Component(immediate = true, service = Instance.class)
public final class Instance {

	private static final Logger LOG = LoggerFactory.getLogger(Instance.class);
	private static final String REPLACES = "gatehouse.replaces";
	private static final long RETRY_MILLIS = 2_000;

	@Reference(
			cardinality = ReferenceCardinality.OPTIONAL,
			policy = ReferencePolicy.DYNAMIC,
			policyOption = ReferencePolicyOption.GREEDY)
	private volatile GatewayRuntime runtime;

	private final Bundle framework;
	/** Null without a data directory. */
	private final PidFile file;
	/** What goes on beside the start, or null. */
	private Thread background;
	private boolean left;

	@Activate
	public Instance(BundleContext context) {
		framework = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
		String data = context.getProperty("gatehouse.data");
		file = data == null ? null : new PidFile(Path.of(data));
		sweep(context.getProperty(Constants.FRAMEWORK_STORAGE));
	}

	private static void sweep(String cache) {
		try {
			if (cache != null) {
				new LeftCaches(Path.of(cache)).delete();
			}
		} catch (IOException left) {
			LOG.warn("cannot delete what a process before has left beside {}: {}", cache, left.getMessage());
		}
	}

	@Activate
	void start() {
		if (file == null || framework.getState() == Bundle.STOPPING) {
			return;
		}
		ProcessHandle before = file.gatehouse(Long.getLong(REPLACES, PidFile.NOBODY)).orElse(null);
		if (before == null) {
			serve();
		} else {
			beside(new Replacement(before, this), "gatehouse-replacement");
		}
	}

	private void beside(Runnable work, String name) {
		background = new Thread(work, name);
		background.setDaemon(true);
		background.start();
	}

	/** Complete when the process that this one takes over from has ended; never when it takes over from none. */
	static CompletionStage<?> replaced() {
		return ProcessHandle.of(Long.getLong(REPLACES, PidFile.NOBODY))
				.<CompletionStage<?>>map(ProcessHandle::onExit)
				.orElseGet(CompletableFuture::new);
	}

	private void serve() {
		try {
			claimAlone();
		} catch (IOException failed) {
			LOG.warn("cannot write {}: {}; another process would not find this one; it is tried again", file, PrivateFile.reason(failed));
			beside(this::claimLater, "gatehouse-pid-file");
		} catch (InterruptedException ending) {
			Thread.currentThread().interrupt();
		}
	}

	private void claimAlone() throws IOException, InterruptedException {
		long other = claim(PidFile.NOBODY);
		if (other != PidFile.NOBODY) {
			LOG.error("process {} runs with the data directory already: stop it, or take over from it with --replace", other);
			end();
		}
	}

	private void claimLater() {
		try {
			while (!isClaimed()) {
				Thread.sleep(RETRY_MILLIS);
			}
		} catch (InterruptedException ending) {
			Thread.currentThread().interrupt();
		}
	}

	private boolean isClaimed() throws InterruptedException {
		try {
			claimAlone();
			LOG.info("the pid file could be written now: another process finds this one");
			return true;
		} catch (IOException still) {
			LOG.atDebug().setCause(still).log("cannot write the pid file");
			return false;
		}
	}

	/** What the gateway does, or null while there is none. */
	GatewayRuntime runtime() {
		return runtime;
	}

	/**
	 * Makes this process the one that serves, for others to see, as {@link PidFile#claim} says. Whom it was to replace does
	 * not matter from then on.
	 *
	 * @throws InterruptedException if this process is about to end
	 */
	synchronized long claim(long expected) throws IOException, InterruptedException {
		if (left || Thread.interrupted()) {
			throw new InterruptedException();
		}
		try {
			long before = file.claim(expected);
			System.clearProperty(REPLACES);
			return before;
		} catch (IOException failed) {
			if (Thread.interrupted()) {
				throw new InterruptedException();
			}
			throw failed;
		}
	}

	/** Ends this process, which cannot serve. */
	void end() {
		// not from here: the end waits for whoever calls this
		new Thread(() -> System.exit(1), "gatehouse-exit").start();
	}

	/** This process is about to end: nobody is to take over from it. */
	@Deactivate
	void leave() {
		if (background != null) {
			background.interrupt();
		}
		synchronized (this) {
			left = true;
			try {
				if (file != null) {
					file.remove();
				}
			} catch (IOException failed) {
				LOG.warn("cannot remove {}: {}", file, PrivateFile.reason(failed));
			}
		}
	}
}
