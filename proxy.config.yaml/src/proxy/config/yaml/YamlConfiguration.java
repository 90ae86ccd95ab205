package proxy.config.yaml;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
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
import proxy.api.runtime.GatewayRuntime;

/**
 * Keeps ConfigurationAdmin at what the configuration file says. One thread of its own reads, checks and applies; it looks
 * again when the file changes, and when a bundle or the expression language comes or goes, since either may change what is
 * right. When it stops, everything stays in force.
 */
@Component(immediate = true, service = {})
public final class YamlConfiguration {

	private static final Logger log = LoggerFactory.getLogger("proxy.config.yaml");
	private static final long LOOK_MILLIS = 500;
	private static final long QUIET_MILLIS = 50;
	private static final long LANGUAGE_MILLIS = 3000;

	private final ConfigurationFile configurationFile;
	private final ConfigurationWriter writer;
	private final InstalledBundles bundles;
	private final ProblemReport problems = new ProblemReport();
	private final FileWatch watch = new FileWatch();
	private final Semaphore wake = new Semaphore(0);
	private final Thread thread = new Thread(this::run, "gatehouse-config");
	private volatile ExpressionLanguage language;
	private volatile boolean stopping;
	private ReloadLog reloads;

	@Activate
	public YamlConfiguration(BundleContext context, @Reference ConfigurationAdmin admin) {
		configurationFile = new ConfigurationFile(context::getProperty);
		writer = new ConfigurationWriter(admin);
		bundles = new InstalledBundles(context, wake::release);
		thread.setDaemon(true);
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
	}

	@Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
	void setRuntime(GatewayRuntime runtime) {
		problems.runtime(runtime);
	}

	void unsetRuntime(GatewayRuntime runtime) {
		problems.runtime(null);
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

	private void run() {
		bundles.open();
		try {
			awaitLanguage();
			boolean look = true;
			while (!stopping) {
				if (look) {
					guarded();
				}
				boolean woken = wake.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
				look = woken || configurationFile.find().map(watch::changed).orElse(false);
				settle(look);
			}
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		} finally {
			bundles.close();
		}
	}

	/** Without the language, a broken expression in the file would pass at start that is refused while running. */
	private void awaitLanguage() throws InterruptedException {
		long limit = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LANGUAGE_MILLIS);
		while (language == null && !stopping && bundles.willProvide(ExpressionLanguage.class) && System.nanoTime() < limit) {
			wake.tryAcquire(100, TimeUnit.MILLISECONDS);
		}
	}

	/** Waits until the file stays as it is, and bundles have come or gone together. */
	private void settle(boolean look) throws InterruptedException {
		while (look && !stopping) {
			Thread.sleep(QUIET_MILLIS);
			boolean again = configurationFile.find().map(watch::changed).orElse(false);
			if (wake.drainPermits() == 0 && !again) {
				return;
			}
		}
	}

	private void guarded() {
		try {
			load();
		} catch (RuntimeException e) {
			log.error("the configuration could not be read: a defect of Gatehouse; what is in force stays", e);
		}
	}

	private void load() {
		long began = System.nanoTime();
		Optional<Path> file = configurationFile.find();
		if (reloads == null) {
			reloads = new ReloadLog(log);
		}
		if (file.isEmpty()) {
			problems.show("no configuration file; looked for " + configurationFile);
			reloads.noFile(configurationFile.toString());
			return;
		}
		watch.changed(file.get());
		String shown = configurationFile.shown(file.get());
		try {
			Reading reading = new ConfigurationReader(bundles.schema(), language, System::getenv).read(file.get(), shown);
			Changes changes = reading.isValid() ? writer.write(reading) : null;
			List<Finding> said = reading.findings().stream().filter(finding -> finding.kind() != Finding.Kind.WARNING).toList();
			problems.show(said);
			reloads.tell(reading, changes, (System.nanoTime() - began) / 1_000_000);
		} catch (IOException e) {
			problems.show(shown + ": " + e);
			reloads.failed(shown, e);
		}
	}
}
