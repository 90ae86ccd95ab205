package proxy.service.files;

import java.nio.file.Files;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
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

	private final GatewayRuntime runtime;
	private final Disk disk;
	private final String configurationFile;
	private volatile Site site;

	@Activate
	public StaticService(
			StaticConfig config, BundleContext context, @Reference GatewayRuntime runtime, @Reference Disk disk) {
		this.runtime = runtime;
		this.disk = disk;
		configurationFile = context.getProperty("gatehouse.config");
		site = site(config);
	}

	/** Exchanges in progress end as they began; what is wrong is told, and the settings before stay in force. */
	@Modified
	void modified(StaticConfig config) {
		Site before = site;
		try {
			site = site(config);
			disk.cache().forget(before);
		} catch (Settings.Refused reported) {
			// the site before stays in force
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
		new SiteExchange(exchange, site, disk).start();
	}
}
