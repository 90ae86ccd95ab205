package proxy.geoip;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.rule.FactProvider;
import proxy.api.runtime.GatewayRuntime;
import proxy.api.runtime.Notice;
import proxy.api.runtime.Reloadable;

/** Registers what the configured databases know, and looks at their files on a thread of its own. */
@Component(name = Geoip.PID, immediate = true)
@Designate(ocd = GeoipConfig.class)
public final class Geoip implements Notice, Reloadable {

	static final String PID = "proxy.geoip";

	private static final Logger LOG = LoggerFactory.getLogger(Geoip.class);
	private static final long LOOK_MILLIS = 500;
	private static final long STOP_SECONDS = 10;
	/** Where Pingoo looks. */
	private static final List<Path> DEFAULT_PLACES = List.of(
			Path.of("/etc/pingoo/geoip.mmdb"), Path.of("/etc/pingoo/geoip.mmdb.zst"),
			Path.of("/usr/share/pingoo/geoip.mmdb"), Path.of("/usr/share/pingoo/geoip.mmdb.zst"));

	private final BundleContext context;
	private final Paths paths;
	private final Databases databases;
	private final ScheduledExecutorService thread;
	/** Null while nothing is known. */
	private ServiceRegistration<FactProvider> registration;

	/** Comes back with everything read: no request is to pass a rule because a country is not known yet. */
	@Activate
	public Geoip(BundleContext context, GeoipConfig config, @Reference GatewayRuntime runtime) {
		this.context = context;
		paths = new Paths(runtime, context.getProperty("gatehouse.config"));
		databases = new Databases(runtime);
		databases.use(paths.configured(config.files()), DEFAULT_PLACES);
		look();
		if (registration == null) {
			LOG.info("geoip database not found. GeoIP lookups are disabled.");
		}
		thread = Executors.newSingleThreadScheduledExecutor(task -> {
			Thread worker = new Thread(task, "gatehouse-geoip");
			worker.setDaemon(true);
			return worker;
		});
		thread.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
	}

	/** What is wrong is told, and the files before stay in force. Comes back with the new ones read, as at the start. */
	@Modified
	void change(GeoipConfig config) throws InterruptedException, ExecutionException {
		List<Path> files;
		try {
			files = paths.configured(config.files());
		} catch (IllegalArgumentException reported) {
			return;
		}
		thread.submit(() -> {
			databases.use(files, DEFAULT_PLACES);
			look();
		}).get();
	}

	@Override
	public void reload() {
		thread.execute(this::look);
	}

	@Deactivate
	void stop() throws InterruptedException {
		// Not interrupted: that would look like a read error.
		thread.shutdown();
		thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
		databases.use(List.of(), List.of());
		if (registration != null) {
			registration.unregister();
		}
	}

	@Override
	public String title() {
		return "geoip";
	}

	@Override
	public String text() {
		return databases.summary();
	}

	private void look() {
		try {
			boolean known = databases.look();
			if (known && registration == null) {
				registration = context.registerService(FactProvider.class, databases, null);
			} else if (!known && registration != null) {
				registration.unregister();
				registration = null;
			}
		} catch (RuntimeException e) {
			LOG.atError().setCause(e).log("geoip: looking at the databases failed");
		}
	}
}
