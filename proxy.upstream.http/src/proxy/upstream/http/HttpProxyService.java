package proxy.upstream.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
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
import proxy.api.upstream.Upstream;
import proxy.api.upstream.UpstreamDirectory;
import proxy.api.upstream.WatchedNames;

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

		@AttributeDefinition(description = "Time limit for connecting to an upstream, TLS included, in milliseconds.", min = "1")
		int connect_timeout_ms() default 4_000;

		@AttributeDefinition(
				description = "Time limit for an upstream's response to begin after the request was sent, in milliseconds.",
				min = "1")
		long response_timeout_ms() default 120_000;

		@AttributeDefinition(description = "How long a response may stand still once it has begun, in milliseconds.", min = "1")
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

	private final GatewayRuntime runtime;
	private final UpstreamDirectory directory;
	private final ChosenBalancer balancer;
	private final WatchedNames<UpstreamUrl> names;
	private final ProxyLoop.All loops = new ProxyLoop.All();
	private volatile Settings settings;
	private volatile Targets targets = Targets.of(List.of(), List.of());

	@Activate
	public HttpProxyService(Config config, @Reference Shared shared) {
		runtime = shared.runtime();
		directory = shared.directory();
		balancer = new ChosenBalancer(runtime, shared.balancers());
		names = new WatchedNames<>(shared.names(), UpstreamUrl::host, this::rebuild);
		settings = check(config);
		names.watch(settings.urls());
	}

	@Activate
	void start() {
		balancer.use(Settings.balancer(config()), config().balancer());
	}

	/** Takes the new settings and keeps the connections; what is wrong is told, and the settings before stay in force. */
	@Modified
	void modified(Config config) {
		try {
			settings = check(config);
			start();
			names.watch(settings.urls());
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
			runtime.report(Problem.of(setting, wrong));
			throw wrong;
		}
	}

	/** Exchanges in progress go on, and new ones may come for a moment. */
	@Deactivate
	void deactivate() {
		balancer.stop();
		names.close();
		targets.all().forEach(Target::retire);
	}

	private synchronized void rebuild() {
		Settings from = settings;
		List<Upstream> discovered = directory.discovered(name());
		Map<Object, Target> before = new HashMap<>();
		targets.all().forEach(target -> before.put(Arrays.asList(target.upstream(), target.tls()), target));
		List<Target> next = new ArrayList<>();
		names.forEach((url, found) -> next.add(target(before, url.upstream(found), tls(from, url))));
		discovered.forEach(upstream -> next.add(target(before, upstream, null)));
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
		if (directory.discovered(name()) != current.discovered()) {
			rebuild();
			current = targets;
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
		return current.choose(balancer.chosen());
	}

	/** An upstream could not be connected to: its name may stand for another address by now. */
	void unreachable() {
		names.refresh();
	}

	String name() {
		return settings.config().name();
	}

	Config config() {
		return settings.config();
	}
}
