package proxy.upstream.tcp;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;
import proxy.api.runtime.GatewayRuntime;
import proxy.api.runtime.Problem;
import proxy.api.tcp.TcpConnection;
import proxy.api.tcp.TcpService;
import proxy.api.upstream.Balancer;
import proxy.api.upstream.NameDirectory;
import proxy.api.upstream.UpstreamDirectory;

/** The service tcp_proxy: joins the connections routed to it with upstreams. */
@Component(
		service = TcpService.class,
		immediate = true,
		configurationPid = "proxy.service.tcp_proxy",
		configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = TcpProxyService.Config.class, factory = true)
public final class TcpProxyService implements TcpService {

	@ObjectClassDefinition(
			name = "Gatehouse: TCP proxy service",
			description = "Joins the connections of tcp and tcp+tls listeners that its route matches with upstream servers.")
	@interface Config {

		String webconsole_configurationFactory_nameHint() default "{name}: {upstreams}";

		@AttributeDefinition(description = "The service's name.")
		String name();

		@AttributeDefinition(
				description = "Which connections are this service's, as an expression that may ask tls.server_name, client,"
						+ " listener and lists; empty for all.")
		String route() default "";

		@AttributeDefinition(description = "Where to connect to: URLs such as tcp://database:5432; may be empty with discovery.")
		String[] upstreams() default {};

		@AttributeDefinition(description = "Time limit for connecting to an upstream, in milliseconds.", min = "1")
		int connect_timeout_ms() default 3_000;

		@AttributeDefinition(
				description = "How many times to try to connect, on different upstreams while there are some.", min = "1")
		int connect_attempts() default 3;

		@AttributeDefinition(
				description = "How long nothing may move in either direction, in milliseconds; 0 for ever.", min = "0")
		long idle_timeout_ms() default 3_600_000;

		@AttributeDefinition(
				description = "Whether upstreams are told the client's address in a PROXY header, and in which version.",
				options = {
					@Option(label = "no", value = "off"),
					@Option(label = "version 1 (text)", value = "v1"),
					@Option(label = "version 2 (octets)", value = "v2")
				})
		String send_proxy_protocol() default "off";
	}

	private final GatewayRuntime runtime;
	private final Upstreams upstreams;
	private volatile Settings settings;

	@Activate
	public TcpProxyService(
			Config config,
			@Reference GatewayRuntime runtime,
			@Reference UpstreamDirectory directory,
			@Reference(target = "(balancer=random)") Balancer balancer,
			@Reference NameDirectory names) {
		this.runtime = runtime;
		settings = check(config);
		upstreams = new Upstreams(settings.name(), names, directory, balancer);
		upstreams.use(settings.upstreams());
	}

	/** Takes the new settings and keeps the tunnels; what is wrong is told, and the settings before stay in force. */
	@Modified
	void modified(Config config) {
		try {
			Settings next = check(config);
			upstreams.use(next.upstreams());
			settings = next;
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

	/** Tunnels go on, and new connections may come for a moment. */
	@Deactivate
	void deactivate() {
		upstreams.close();
	}

	@Override
	public void handle(TcpConnection connection) {
		new Joining(connection, settings, upstreams).start();
	}
}
