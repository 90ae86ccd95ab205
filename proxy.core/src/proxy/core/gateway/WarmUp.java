package proxy.core.gateway;

import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.http.HttpService;
import proxy.api.runtime.GatewayRuntime;
import proxy.api.runtime.Problem;
import proxy.core.tls.ServerTls;
import proxy.core.warmup.Rehearsal;

/**
 * Holds the listeners back while the gateway rehearses, for a limited time. Once in a process, at its start, and only if some bundle
 * has services to rehearse with: a component factory of suppliers.
 */
@Component(service = {}, immediate = true, configurationPid = "proxy.warmup")
@Designate(ocd = WarmUp.Config.class)
public final class WarmUp {

	@ObjectClassDefinition(
			name = "Gatehouse: Warm-up",
			description = "Requests that the gateway sends to itself before it listens, so that clients find it warm. "
					+ "A change is for the next start.")
	@interface Config {

		@AttributeDefinition(description = "The longest that listeners wait for it, in milliseconds; 0 for no warm-up.", min = "0", max = "30000")
		int limit_ms() default 0;

		@AttributeDefinition(
				description = "The same for a start with --replace, while the process before serves, in milliseconds.", min = "0", max = "30000")
		int replacing_limit_ms() default 2_000;
	}

	private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
	/** System property, set for good: whoever configures or updates the core of a running gateway must not wait. */
	private static final String BEGUN = "gatehouse.warmup.begun";
	private static final int MAX_MILLIS = 30_000;

	private final Engine engine;
	private final GatewayRuntime runtime;
	private final ServerTls tls;
	private final boolean replacing;
	private int limitMillis;
	private ComponentFactory<Supplier<HttpService>> services;
	private boolean begun;
	/** What holds the listeners back, or null. */
	private AutoCloseable held;
	private volatile boolean over;

	@Activate
	public WarmUp(
			BundleContext context,
			Config config,
			@Reference Engine engine,
			@Reference GatewayRuntime runtime,
			@Reference CertificateSources certificates) {
		this(
				config,
				System.getProperty(BEGUN) != null,
				context.getProperty("gatehouse.replaces") != null,
				engine,
				runtime,
				certificates.tls());
	}

	WarmUp(Config config, boolean begun, boolean replacing, Engine engine, GatewayRuntime runtime, ServerTls tls) {
		this.begun = begun;
		this.engine = engine;
		this.runtime = runtime;
		this.tls = tls;
		this.replacing = replacing;
		modified(config);
	}

	@Modified
	synchronized void modified(Config config) {
		int usual = checked("warmup.limit_ms", config.limit_ms());
		int whileReplacing = checked("warmup.replacing_limit_ms", config.replacing_limit_ms());
		limitMillis = replacing ? whileReplacing : usual;
		if (limitMillis == 0) {
			end();
		}
		begin();
	}

	/** Who replaces a process has a minute for everything. */
	private int checked(String setting, int millis) {
		if (millis < 0 || millis > MAX_MILLIS) {
			runtime.report(new Problem(setting, millis + " is not in 0.." + MAX_MILLIS + ", so there is no warm-up"));
			return 0;
		}
		runtime.clear(setting);
		return millis;
	}

	@Reference(
			target = "(component.factory=proxy.warmup.service)",
			cardinality = ReferenceCardinality.OPTIONAL,
			policy = ReferencePolicy.DYNAMIC,
			policyOption = ReferencePolicyOption.GREEDY)
	synchronized void setServices(ComponentFactory<Supplier<HttpService>> factory) {
		services = factory;
		begin();
	}

	synchronized void unsetServices(ComponentFactory<Supplier<HttpService>> gone) {
		if (services == gone) {
			services = null;
			end();
		}
	}

	@Deactivate
	synchronized void deactivate() {
		begun = true;
		end();
		runtime.clear("warmup");
	}

	private void begin() {
		if (begun || limitMillis == 0 || services == null || !runtime.listeners().isEmpty()) {
			return;
		}
		begun = true;
		System.setProperty(BEGUN, "true");
		held = runtime.hold();
		LOG.atInfo().addKeyValue("limit_ms", limitMillis).log("warming up");
		ComponentFactory<Supplier<HttpService>> factory = services;
		Thread thread = new Thread(() -> rehearse(factory), "gatehouse-warmup");
		thread.setDaemon(true);
		thread.start();
		engine.control().after(limitMillis, this::end);
	}

	/** Listeners may open, whatever the rehearsal is at. */
	private synchronized void end() {
		if (held == null) {
			return;
		}
		over = true;
		try {
			held.close();
		} catch (Exception impossible) {
			throw new IllegalStateException(impossible);
		}
		held = null;
	}

	private void rehearse(ComponentFactory<Supplier<HttpService>> factory) {
		long began = System.nanoTime();
		int rounds = 0;
		try (BorrowedService service = new BorrowedService(factory);
				Rehearsal rehearsal = new Rehearsal(engine.loops(), engine.http1(), engine.http2(), service::forwardingTo, tls::engine)) {
			while (!over) {
				rehearsal.plain();
				if (!over && tls.hasIdentity()) {
					rehearsal.secure(engine.tls().clientContext());
				}
				rounds++;
			}
			LOG.atInfo()
					.addKeyValue("ms", (System.nanoTime() - began) / 1_000_000)
					.addKeyValue("rounds", rounds)
					.log("warmed up");
		} catch (Exception | LinkageError failed) {
			LOG.atWarn().addKeyValue("reason", failed.toString()).log("the warm-up has ended early");
		} finally {
			end();
		}
	}
}
