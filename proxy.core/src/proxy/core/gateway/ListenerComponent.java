package proxy.core.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.listener.Listener;
import proxy.api.runtime.GatewayRuntime;
import proxy.api.runtime.Problem;
import proxy.core.http.Endpoint;
import proxy.core.http.Front;
import proxy.core.http.Limits;
import proxy.core.http2.Http2;
import proxy.core.loop.Acceptor;
import proxy.core.loop.ClientHello;
import proxy.core.loop.LoopTransport;

/**
 * A configured listener. Its socket outlives changes of everything but its address; an address that is taken is tried
 * again until it is free.
 */
@Component(
		service = ListenerComponent.class,
		immediate = true,
		configurationPid = "proxy.listener",
		configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ListenerComponent.Config.class, factory = true)
public final class ListenerComponent implements Listener {

	@ObjectClassDefinition(name = "Gatehouse: Listener", description = "An address where HTTP connections are accepted.")
	@interface Config {

		String webconsole_configurationFactory_nameHint() default "{name}: {address}";

		@AttributeDefinition(description = "The listener's name.")
		String name();

		@AttributeDefinition(
				description = "Where to listen: http:// or https://, an IP address ([::] for IPv4 and IPv6), a port.")
		String address() default "http://0.0.0.0:80";

		@AttributeDefinition(description = "The services offered here, in order; none means all.")
		String[] services() default {};

		@AttributeDefinition(
				description = "The oldest TLS version accepted.",
				options = {@Option(label = "TLS 1.3", value = "1.3"), @Option(label = "TLS 1.2", value = "1.2")})
		String tls_min_version() default "1.3";

		@AttributeDefinition(description = "Whether HTTP/2 is offered on https.")
		boolean http2() default true;

		@AttributeDefinition(description = "Whether an http listener answers every request with a redirect to https (308).")
		boolean https_redirect() default false;

		@AttributeDefinition(description = "The port of https as clients know it, for the redirect.")
		int https_redirect_port() default 443;

		@AttributeDefinition(description = "Time limit for a TLS handshake, in milliseconds.")
		int handshake_timeout_ms() default 10_000;

		@AttributeDefinition(description = "Time limit for a request's head, from its first octet, in milliseconds.")
		long head_timeout_ms() default 10_000;

		@AttributeDefinition(description = "How long a connection may wait for its next request, in milliseconds.")
		long idle_timeout_ms() default 75_000;

		@AttributeDefinition(
				description = "How long content may stand still in either direction, in milliseconds.")
		long stall_timeout_ms() default 60_000;

		@AttributeDefinition(description = "The largest head of a request, in octets.")
		int max_head_size() default 32_768;

		@AttributeDefinition(description = "The most connections at once.")
		int max_connections() default 100_000;

		@AttributeDefinition(
				description = "IP addresses and networks of proxies in front whose X-Forwarded-For is believed.")
		String[] trusted_proxies() default {};

		@AttributeDefinition(description = "Whether another process may listen at the same address (SO_REUSEPORT).")
		boolean reuse_port() default true;

		@AttributeDefinition(description = "Connections that the kernel keeps until they are accepted.")
		int backlog() default 4096;
	}

	private static final Logger LOG = LoggerFactory.getLogger(ListenerComponent.class);
	private static final long RETRY_MILLIS = 2_000;
	private static final String[] TLS_13 = {"TLSv1.3"};
	private static final String[] TLS_12_AND_13 = {"TLSv1.3", "TLSv1.2"};
	private static final String[] HTTP_1 = {"http/1.1"};
	private static final String[] HTTP_2_AND_1 = {Http2.ALPN, "http/1.1"};

	private final Engine engine;
	private final Routing routing;
	private final Status status;
	private final CertificateSources certificates;
	private final BundleContext context;
	private final int slot;
	private volatile Config config;
	private volatile ListenerAddress address;
	private volatile Limits limits;
	private Acceptor acceptor;
	private volatile Endpoint endpoint;
	private ServiceRegistration<Listener> registration;
	private ScheduledFuture<?> retry;
	private boolean wanted;

	@Activate
	public ListenerComponent(
			BundleContext context,
			Config config,
			@Reference Engine engine,
			@Reference Routing routing,
			@Reference Status status,
			@Reference CertificateSources certificates) {
		this.engine = engine;
		this.routing = routing;
		this.status = status;
		this.certificates = certificates;
		this.context = context;
		this.config = config;
		check(config);
		slot = engine.takeSlot();
		routing.add(this);
		status.add(this);
		open();
	}

	/** Takes the new settings; what is wrong is told, and the settings before stay in force. */
	@Modified
	void modified(Config next) {
		ListenerAddress before = address;
		Config old = config;
		try {
			check(next);
		} catch (IllegalArgumentException reported) {
			return;
		}
		config = next;
		boolean sameSocket = address.equals(before) && old.reuse_port() == next.reuse_port() && old.backlog() == next.backlog();
		if (sameSocket && isBound()) {
			endpoint.limits(limits);
			endpoint.front(front());
			registration.setProperties(properties());
		} else {
			close();
			open();
		}
		routing.changed();
		status.changed();
	}

	@Deactivate
	void deactivate() {
		close();
		routing.remove(this);
		status.remove(this);
		status.clear(setting());
		engine.giveSlot(slot);
	}

	private String setting() {
		return "listeners." + config.name();
	}

	/** Takes over what the configuration says, or refuses it and leaves everything as it is. */
	private void check(Config next) {
		String setting = "listeners." + next.name();
		try {
			if (next.name() == null || next.name().isBlank()) {
				throw new IllegalArgumentException("listeners: a listener needs a name");
			}
			ListenerAddress parsed = ListenerAddress.parse(setting + ".address", next.address());
			checkRedirect(setting, next, parsed);
			limits = new Limits(
					next.max_head_size(),
					next.head_timeout_ms(),
					next.idle_timeout_ms(),
					next.stall_timeout_ms(),
					next.max_connections(),
					new Networks(setting + ".trusted_proxies", next.trusted_proxies()));
			address = parsed;
			status.clear(setting);
		} catch (IllegalArgumentException wrong) {
			String message = wrong.getMessage();
			int colon = message.indexOf(": ");
			status.report(new Problem(message.substring(0, colon), message.substring(colon + 2)));
			throw wrong;
		}
	}

	private static void checkRedirect(String setting, Config next, ListenerAddress parsed) {
		if (next.https_redirect() && !parsed.scheme().equals("http")) {
			throw new IllegalArgumentException(setting + ".https_redirect: only an http listener can redirect to https");
		}
		if (next.https_redirect_port() < 1 || next.https_redirect_port() > 65_535) {
			throw new IllegalArgumentException(
					setting + ".https_redirect_port: " + next.https_redirect_port() + " is not in 1..65535");
		}
	}

	private Front front() {
		return new Front(certificates::keyAuthorization, config.https_redirect() ? config.https_redirect_port() : 0);
	}

	/** Binds when there is a table that knows the listener: before that, connections would only wait. */
	private synchronized void open() {
		wanted = true;
		routing.whenRouted(this, this::bind);
	}

	private synchronized void bind() {
		if (!wanted || acceptor != null || engine.isEnding()) {
			return;
		}
		Endpoint opened = new Endpoint(config.name(), address.scheme(), slot, routing.dispatcher(), limits, engine.loops());
		opened.front(front());
		try {
			acceptor = new Acceptor(
					engine.loops(),
					address.socket(),
					config.reuse_port(),
					config.backlog(),
					address.isTls() ? tls() : null,
					config.handshake_timeout_ms(),
					connections(opened));
		} catch (IOException | RuntimeException taken) {
			status.report(new Problem(setting() + ".address", address + " cannot be bound: " + taken.getMessage()));
			retry = engine.control().after(RETRY_MILLIS, this::bind);
			return;
		}
		endpoint = opened;
		status.clear(setting() + ".address");
		acceptor.start();
		registration = context.registerService(Listener.class, this, properties());
		LOG.info("Starting listener {} on {}", config.name(), state().address());
		if (acceptor.isShared()) {
			LOG.warn("another process listens at {} too and gets a share of the connections until it ends", address);
		}
		status.changed();
	}

	private Consumer<LoopTransport> connections(Endpoint opened) {
		Consumer<LoopTransport> http1 = engine.http1().connections(opened);
		if (!address.isTls()) {
			return http1;
		}
		Consumer<LoopTransport> http2 = engine.http2().connections(opened);
		return transport -> {
			switch (transport.tls().applicationProtocol()) {
				case Http2.ALPN -> http2.accept(transport);
				case ClientHello.ACME_TLS -> transport.close();
				default -> http1.accept(transport);
			}
		};
	}

	private Function<ClientHello, SSLEngine> tls() {
		return hello -> certificates
				.tls()
				.engine(
						hello,
						config.tls_min_version().equals("1.2") ? TLS_12_AND_13 : TLS_13,
						config.http2() ? HTTP_2_AND_1 : HTTP_1);
	}

	private Dictionary<String, Object> properties() {
		Dictionary<String, Object> properties = new Hashtable<>();
		properties.put("name", config.name());
		properties.put("scheme", address.scheme());
		properties.put("port", address().getPort());
		return properties;
	}

	/** Gives the address back and drains what was accepted there. */
	synchronized void close() {
		wanted = false;
		if (retry != null) {
			retry.cancel(false);
			retry = null;
		}
		if (registration != null) {
			registration.unregister();
			registration = null;
		}
		if (acceptor != null) {
			try {
				acceptor.close();
			} catch (IOException unimportant) {
				LOG.debug("closing {} failed", address, unimportant);
			}
			engine.drain(acceptor, endpoint);
			acceptor = null;
			endpoint = null;
		}
	}

	boolean isBound() {
		return endpoint != null;
	}

	int slot() {
		return slot;
	}

	GatewayRuntime.ListenerState state() {
		ListenerAddress shown = new ListenerAddress(address.scheme(), address());
		return new GatewayRuntime.ListenerState(config.name(), shown.toString(), services(), connections());
	}

	@Override
	public String name() {
		return config.name();
	}

	@Override
	public String scheme() {
		return address.scheme();
	}

	@Override
	public InetSocketAddress address() {
		Acceptor bound = acceptor;
		return bound == null ? address.socket() : bound.address();
	}

	@Override
	public List<String> services() {
		return Arrays.asList(config.services());
	}

	@Override
	public int connections() {
		Endpoint current = endpoint;
		return current == null ? 0 : current.connections();
	}
}
