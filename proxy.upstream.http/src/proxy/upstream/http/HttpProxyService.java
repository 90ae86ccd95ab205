package proxy.upstream.http;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import proxy.api.http.HttpExchange;
import proxy.api.http.HttpService;
import proxy.api.runtime.GatewayRuntime;
import proxy.api.runtime.Problem;
import proxy.api.transport.ClientTls;
import proxy.api.upstream.Balancer;
import proxy.api.upstream.NameDirectory;
import proxy.api.upstream.Upstream;
import proxy.api.upstream.UpstreamDirectory;

/** The service http_proxy: which upstreams there are, and which one a request goes to. */
@Component(
		service = HttpService.class,
		immediate = true,
		configurationPid = "proxy.service.http_proxy",
		configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = HttpProxyService.Config.class, factory = true)
public final class HttpProxyService implements HttpService {

	@ObjectClassDefinition(
			name = "Gatehouse: HTTP proxy service",
			description = "Forwards the requests that its route matches to upstream servers.")
	@interface Config {

		String webconsole_configurationFactory_nameHint() default "{name}: {upstreams}";

		@AttributeDefinition(description = "The service's name.")
		String name();

		@AttributeDefinition(description = "Which requests are this service's, as an expression; empty for all.")
		String route() default "";

		@AttributeDefinition(description = "Where to forward to: URLs such as http://tracker:1212; may be empty with discovery.")
		String[] upstreams() default {};

		@AttributeDefinition(description = "How one of several upstreams is chosen: the name of a balancer.")
		String balancer() default "random";

		@AttributeDefinition(description = "Time limit for connecting to an upstream, TLS included, in milliseconds.")
		int connect_timeout_ms() default 4_000;

		@AttributeDefinition(
				description = "Time limit for an upstream's response to begin after the request was sent, in milliseconds.")
		long response_timeout_ms() default 120_000;

		@AttributeDefinition(description = "How long a response may stand still once it has begun, in milliseconds.")
		long idle_timeout_ms() default 300_000;

		@AttributeDefinition(description = "How long an upgraded connection (WebSocket) may be silent, in milliseconds; 0 for ever.")
		long tunnel_idle_timeout_ms() default 3_600_000;

		@AttributeDefinition(
				description = "How long an idle connection to an upstream is kept, in milliseconds; less than the upstream's own limit.")
		long keep_alive_ms() default 4_000;

		@AttributeDefinition(description = "Whether the certificates of https upstreams are checked.")
		boolean tls_verify() default true;

		@AttributeDefinition(description = "The Server field of responses; empty to leave the upstream's.")
		String server_header() default "gatehouse";
	}

	/** A new name gets so long to resolve before the service appears without it. */
	private static final long FIRST_LOOKUP_MILLIS = 500;

	private final GatewayRuntime runtime;
	private final UpstreamDirectory directory;
	private final Balancer balancer;
	private final NameDirectory names;
	private final ProxyLoop.All loops = new ProxyLoop.All();
	private final Runnable changed = this::namesChanged;
	private volatile Map<UpstreamUrl, NameDirectory.Watch> watched = Map.of();
	private volatile Settings settings;
	private volatile Targets targets = Targets.of(List.of(), List.of());

	/**
	 * The upstreams in use.
	 *
	 * @param upstreams the same as the balancer sees them
	 * @param discovered those that discoveries had found when this was made
	 */
	private record Targets(List<Target> all, List<Upstream> upstreams, List<Upstream> discovered) {

		static Targets of(List<Target> all, List<Upstream> discovered) {
			return new Targets(List.copyOf(all), all.stream().map(Target::upstream).toList(), discovered);
		}

		/** One of them, or null when there is none. */
		Target choose(Balancer balancer) {
			if (all.size() < 2) {
				return all.isEmpty() ? null : all.get(0);
			}
			int chosen = upstreams.indexOf(balancer.choose(upstreams));
			return all.get(Math.max(0, chosen));
		}
	}

	@Activate
	public HttpProxyService(
			Config config,
			@Reference GatewayRuntime runtime,
			@Reference UpstreamDirectory directory,
			@Reference(target = "(balancer=random)") Balancer balancer,
			@Reference NameDirectory names) {
		this.runtime = runtime;
		this.directory = directory;
		this.balancer = balancer;
		this.names = names;
		settings = check(config);
		watch(settings);
	}

	/** Takes the new settings and keeps the connections; what is wrong is told, and the settings before stay in force. */
	@Modified
	void modified(Config config) {
		try {
			Settings next = check(config);
			Map<UpstreamUrl, NameDirectory.Watch> before = watched;
			watch(next);
			settings = next;
			before.values().stream().filter(name -> !watched.containsValue(name)).forEach(NameDirectory.Watch::close);
		} catch (IllegalArgumentException reported) {
			// the settings before stay in force
		}
	}

	private Settings check(Config config) {
		String setting = Settings.setting(config);
		try {
			Settings checked = Settings.check(config);
			runtime.clear(setting);
			return checked;
		} catch (IllegalArgumentException wrong) {
			runtime.report(new Problem(setting, wrong.getMessage().substring(setting.length() + 2)));
			throw wrong;
		}
	}

	private void watch(Settings next) {
		Map<UpstreamUrl, NameDirectory.Watch> wanted = new LinkedHashMap<>();
		for (UpstreamUrl url : next.urls()) {
			NameDirectory.Watch known = watched.get(url);
			wanted.computeIfAbsent(url, u -> known == null ? names.watch(u.host(), changed) : known);
		}
		long until = System.nanoTime() + FIRST_LOOKUP_MILLIS * 1_000_000;
		wanted.values().forEach(name -> name.await((until - System.nanoTime()) / 1_000_000));
		synchronized (this) {
			watched = wanted;
			rebuild(next, directory.discovered(next.config().name()));
		}
	}

	/** Exchanges in progress go on, and new ones may come for a moment. */
	@Deactivate
	void deactivate() {
		watched.values().forEach(NameDirectory.Watch::close);
		targets.all().forEach(Target::retire);
	}

	private synchronized void namesChanged() {
		if (settings != null) {
			rebuild(settings, directory.discovered(name()));
		}
	}

	private void rebuild(Settings from, List<Upstream> discovered) {
		Map<Object, Target> before = new HashMap<>();
		targets.all().forEach(target -> before.put(Arrays.asList(target.upstream(), target.tls()), target));
		List<Target> next = new ArrayList<>();
		watched.forEach((url, name) -> {
			for (InetSocketAddress found : name.addresses()) {
				next.add(target(before, url.upstream(found), tls(from, url)));
			}
		});
		for (Upstream upstream : discovered) {
			next.add(target(before, upstream, null));
		}
		List<Target> gone = new ArrayList<>(targets.all());
		gone.removeAll(next);
		targets = Targets.of(next, discovered);
		gone.forEach(Target::retire);
	}

	private Target target(Map<Object, Target> before, Upstream upstream, ClientTls tls) {
		Target known = before.get(Arrays.asList(upstream, tls));
		return known == null ? new Target(upstream, tls) : known;
	}

	private static ClientTls tls(Settings from, UpstreamUrl url) {
		return url.tls() ? new ClientTls(url.serverName(), from.config().tls_verify(), List.of(), List.of()) : null;
	}

	@Override
	public void handle(HttpExchange exchange) {
		new Forwarding(this, exchange, loops.of(exchange.loop())).start();
	}

	/** The upstreams as discoveries know them by now. */
	private Targets current() {
		Targets current = targets;
		List<Upstream> discovered = directory.discovered(name());
		if (discovered != current.discovered()) {
			synchronized (this) {
				rebuild(settings, discovered);
				current = targets;
			}
		}
		return current;
	}

	/** Whether the upstream is no longer one of the service's. */
	boolean isGone(Target target) {
		current();
		return target.isRetired();
	}

	/** An upstream that has not been tried, or null when there is none. */
	Target choose(List<Target> tried) {
		Targets current = current();
		if (!tried.isEmpty()) {
			List<Target> left = new ArrayList<>(current.all());
			left.removeAll(tried);
			current = Targets.of(left, current.discovered());
		}
		return current.choose(balancer);
	}

	/** An upstream could not be connected to: its name may stand for another address by now. */
	void unreachable() {
		watched.values().forEach(NameDirectory.Watch::refresh);
	}

	String name() {
		return settings.config().name();
	}

	Config config() {
		return settings.config();
	}
}
