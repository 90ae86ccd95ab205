package proxy.config.yaml;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.rule.ExpressionLanguage;
import proxy.api.runtime.FileConfiguration;
import proxy.api.runtime.GatewayRuntime;
import proxy.api.runtime.Reloadable;
import proxy.pem.PrivateFile;

/**
 * Keeps ConfigurationAdmin at what the configuration file says. One thread of its own reads, checks and applies; it looks
 * again when the file changes, and when a bundle or the expression language comes or goes, since either may change what is
 * right, and when somebody else changes a configuration, which must not lose its place in the order. When it stops, everything stays in force.
 */
@Component(immediate = true, service = {ConfigurationListener.class, FileConfiguration.class, Reloadable.class})
public final class YamlConfiguration implements ConfigurationListener, FileConfiguration, Reloadable {

	private static final Logger log = LoggerFactory.getLogger("proxy.config.yaml");
	private static final long LOOK_MILLIS = 200;
	private static final long QUIET_MILLIS = 50;
	private static final long LANGUAGE_MILLIS = 3000;
	private static final long LANGUAGE_LOOK_MILLIS = 100;

	private final ConfigurationFile configurationFile;
	private final String data;
	private final ConfigurationWriter writer;
	private final InstalledBundles bundles;
	private final Bundle systemBundle;
	private final ProblemReport problems = new ProblemReport();
	private final ReloadLog reloads = new ReloadLog(log);
	private final FileWatch watch = new FileWatch();
	private final Semaphore wake = new Semaphore(0);
	private final Thread thread = new Thread(this::run, "gatehouse-config");
	private volatile ExpressionLanguage language;
	private final Hold hold = new Hold();
	private volatile boolean stopping;
	/** Somebody waits to hear what becomes of the file, also if that is the same as before. */
	private volatile boolean asked;
	/** The last reading that could be applied, or null. */
	private volatile Reading inForce;

	@Activate
	public YamlConfiguration(BundleContext context, @Reference ConfigurationAdmin admin) {
		systemBundle = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
		configurationFile = new ConfigurationFile(context::getProperty);
		data = context.getProperty("gatehouse.data");
		writer = new ConfigurationWriter(admin);
		bundles = new InstalledBundles(context, wake::release);
		thread.setDaemon(true);
	}

	/** The gateway is not settled before the file has been read once, and everybody has been told what it says. */
	private static final class Hold {

		private AutoCloseable held;
		private boolean over;

		synchronized void take(GatewayRuntime runtime) {
			if (!over) {
				held = runtime.hold();
			}
		}

		synchronized void release() {
			over = true;
			try {
				if (held != null) {
					held.close();
				}
			} catch (Exception e) {
				throw new IllegalStateException(e);
			}
			held = null;
		}
	}

	@Activate
	void start() {
		thread.start();
	}

	@Deactivate
	void stop() throws InterruptedException {
		stopping = true;
		wake.release();
		thread.join(5000);
		hold.release();
	}

	@Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
	void setRuntime(GatewayRuntime runtime) {
		problems.runtime(runtime);
		hold.take(runtime);
	}

	void unsetRuntime(GatewayRuntime gone) {
		problems.withdraw(gone);
	}

	@Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
	void setLanguage(ExpressionLanguage now) {
		language = now;
		wake.release();
	}

	void unsetLanguage(ExpressionLanguage gone) {
		if (language == gone) {
			language = null;
		}
	}

	/**
	 * A configuration has changed, and if it was somebody else who changed it, it may be one that came from the file. Events
	 * come in the order of the changes, one to all listeners before the next, and {@code Applied} is changed last: then all
	 * components have what the file says.
	 */
	@Override
	public void configurationEvent(ConfigurationEvent event) {
		if (event.getPid().equals(Applied.PID)) {
			hold.release();
		} else if (event.getType() == ConfigurationEvent.CM_UPDATED && event.getPid().startsWith("proxy.")
				&& !writer.isOwn(event.getPid())) {
			wake.release();
		}
	}

	@Override
	public void reload() {
		asked = true;
		wake.release();
	}

	@Override
	public List<Difference> differences() throws IOException {
		return inForce == null ? List.of() : new Differences(bundles.schema(), inForce).of(writer.present());
	}

	@Override
	public boolean restore(String pid) throws IOException {
		List<Entry> entries = inForce == null ? List.of() : inForce.entries();
		Optional<Entry> entry = entries.stream().filter(one -> one.pid().equals(pid)).findFirst();
		if (entry.isPresent()) {
			writer.restore(entry.get());
			log.info("as in {} again: {}", inForce.file(), entry.get().path());
		}
		return entry.isPresent();
	}

	private void run() {
		bundles.open();
		try {
			boolean again = true;
			while (!stopping) {
				if (again) {
					awaitLanguage();
					wake.drainPermits();
					again = !load();
				}
				again |= wake.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS) | fileChanged();
				if (again) {
					settle();
				}
			}
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		} finally {
			bundles.close();
		}
	}

	/**
	 * Without the language, a broken expression would pass at start that is refused while running. So it is waited for if a
	 * bundle has it, until everything has started and a little longer.
	 */
	private void awaitLanguage() throws InterruptedException {
		long waited = 0;
		while (language == null && !stopping && waited < LANGUAGE_MILLIS && bundles.willProvide(ExpressionLanguage.class)) {
			wake.drainPermits();
			wake.tryAcquire(LANGUAGE_LOOK_MILLIS, TimeUnit.MILLISECONDS);
			waited += systemBundle.getState() == Bundle.ACTIVE ? LANGUAGE_LOOK_MILLIS : 0;
		}
	}

	/** Waits until the file stays as it is, and bundles have come or gone together. */
	private void settle() throws InterruptedException {
		boolean moving = true;
		while (moving && !stopping) {
			Thread.sleep(QUIET_MILLIS);
			moving = wake.drainPermits() > 0 | fileChanged();
		}
	}

	private boolean fileChanged() {
		return configurationFile.find().map(watch::changed).orElseGet(watch::gone);
	}

	/** Whether it worked as far as it can; if not, it is to be tried again soon. */
	private boolean load() {
		if (asked) {
			asked = false;
			reloads.forget();
		}
		long began = System.nanoTime();
		Optional<Path> file = configurationFile.find();
		if (file.isEmpty()) {
			trouble("no configuration file; looked for " + configurationFile);
			hold.release();
			return true;
		}
		boolean told = false;
		watch.changed(file.get());
		String shown = configurationFile.shown(file.get());
		try {
			Reading reading = new ConfigurationReader(bundles.schema(), language, System::getenv, elsewhere().with(bundles.actions())).read(file.get(), shown);
			Changes changes = reading.isValid() ? apply(reading) : null;
			inForce = reading.isValid() ? reading : inForce;
			problems.show(reading.wrong());
			reloads.tell(reading, changes, (System.nanoTime() - began) / 1_000_000);
			told = changes != null && !changes.done().isEmpty();
			return true;
		} catch (IOException e) {
			trouble("cannot read " + shown + ": " + PrivateFile.reason(e));
			return false;
		} catch (Unkept e) {
			trouble("cannot apply " + shown + ", because what it says cannot be kept in the data directory " + data + ": " + e.getMessage());
			return false;
		} catch (RuntimeException | Error e) {
			log.error("cannot read {}, a defect of Gatehouse; what is in force stays", shown, e);
			return true;
		} finally {
			if (!told) { // else the event says when
				hold.release();
			}
		}
	}

	private Elsewhere elsewhere() throws Unkept {
		try {
			return writer.elsewhere();
		} catch (IOException e) {
			throw new Unkept(e);
		}
	}

	private Changes apply(Reading reading) throws Unkept {
		try {
			return writer.write(reading);
		} catch (IOException e) {
			throw new Unkept(e);
		}
	}

	/** It is not the file: ConfigurationAdmin has no room, or no permission. */
	private static final class Unkept extends Exception {

		private static final long serialVersionUID = 1L;

		Unkept(IOException cause) {
			super(PrivateFile.reason(cause), cause);
		}
	}

	private void trouble(String reason) {
		problems.show(reason);
		reloads.trouble(reason);
	}
}
