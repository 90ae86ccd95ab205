package proxy.service.files;

import java.nio.file.Files;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import proxy.api.http.Failure;
import proxy.api.http.HttpExchange;
import proxy.api.http.HttpService;
import proxy.api.runtime.GatewayRuntime;

/** The service static: which site is in force. */
@Component(
		service = HttpService.class,
		immediate = true,
		configurationPid = "proxy.service.static",
		configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = StaticConfig.class, factory = true)
public final class StaticService implements HttpService {

	/** Which requests come here: what the service is registered with, whether its other settings are right or not. */
	private record Place(String name, String route, Object ranking) {

		static Place of(StaticConfig config, Map<String, Object> properties) {
			return new Place(config.name(), config.route(), properties.get(Constants.SERVICE_RANKING));
		}
	}

	private final GatewayRuntime runtime;
	private final Disk disk;
	private final String configurationFile;
	/** What was right last, and where it was; by the thread that configures. */
	private Site site;
	private Place place;
	/** What answers; null while nothing is right for the requests that come. */
	private volatile Site serving;

	@Activate
	public StaticService(
			StaticConfig config,
			Map<String, Object> properties,
			BundleContext context,
			@Reference GatewayRuntime runtime,
			@Reference Disk disk) {
		this.runtime = runtime;
		this.disk = disk;
		configurationFile = context.getProperty("gatehouse.config");
		site = site(config);
		place = Place.of(config, properties);
		serving = site;
	}

	/**
	 * Exchanges in progress end as they began. What is wrong is told, and the settings before stay in force, but not for other
	 * requests than they were made for.
	 */
	@Modified
	void modified(StaticConfig config, Map<String, Object> properties) {
		Site before = site;
		Place next = Place.of(config, properties);
		try {
			site = site(config);
			place = next;
			serving = site;
			disk.cache().forget(before);
		} catch (Settings.Refused reported) {
			serving = next.equals(place) ? site : null;
		}
	}

	private Site site(StaticConfig config) {
		Settings settings;
		try {
			settings = Settings.check(config, configurationFile);
		} catch (Settings.Refused refused) {
			runtime.report(refused.problem());
			throw refused;
		}
		runtime.clear(settings.setting());
		SiteProblems problems = new SiteProblems(runtime, settings.setting());
		if (!Files.isDirectory(settings.root())) {
			problems.are("root", "there is no folder " + settings.root());
		}
		return new Site(settings, problems);
	}

	@Deactivate
	void deactivate() {
		disk.cache().forget(site);
	}

	@Override
	public void handle(HttpExchange exchange) {
		Site answering = serving;
		if (answering == null) {
			exchange.fail(Failure.NO_UPSTREAM, null);
		} else {
			new SiteExchange(exchange, answering, disk).start();
		}
	}
}
