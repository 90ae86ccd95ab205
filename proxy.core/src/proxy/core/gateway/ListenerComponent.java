package proxy.core.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Set;
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
import org.osgi.service.metatype.annotations.Designate;
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
import proxy.core.tcp.Tcp;

/**
 * A configured listener. Its socket outlives changes of everything but its address; an address that is taken is tried
 * again until it is free.
 */
@Component(
		service = ListenerComponent.class,
		immediate = true,
		configurationPid = "proxy.listener",
		configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ListenerConfig.class, factory = true)
public final class ListenerComponent implements Listener {

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
	private volatile ListenerConfig config;
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
			ListenerConfig config,
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
	void modified(ListenerConfig next) {
		ListenerAddress before = address;
		ListenerConfig old = config;
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
	private void check(ListenerConfig next) {
		String setting = "listeners." + next.name();
		try {
			if (next.name() == null || next.name().isBlank()) {
				throw new IllegalArgumentException("listeners: a listener needs a name");
			}
			ListenerAddress parsed = ListenerAddress.parse(setting + ".address", next.address());
			checkRedirect(setting, next, parsed);
			if (next.proxy_protocol() && next.trusted_proxies().length == 0) {
				throw new IllegalArgumentException(
						setting + ".proxy_protocol: trusted_proxies is empty; name the proxies whose PROXY headers are to be believed");
			}
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

	private static void checkRedirect(String setting, ListenerConfig next, ListenerAddress parsed) {
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
			acceptor.introducing(peer -> config.proxy_protocol() && limits.trustedProxies().test(peer));
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
		Consumer<LoopTransport> usual = address.isTcp()
				? Tcp.connections(opened, config.handshake_timeout_ms())
				: engine.http1().connections(opened);
		if (!address.isTls()) {
			return usual;
		}
		Consumer<LoopTransport> http2 = address.isTcp() ? usual : engine.http2().connections(opened);
		return transport -> {
			switch (transport.tls().applicationProtocol()) {
				case Http2.ALPN -> http2.accept(transport);
				case ClientHello.ACME_TLS -> transport.close();
				default -> usual.accept(transport);
			}
		};
	}

	private Function<ClientHello, SSLEngine> tls() {
		return hello -> certificates
				.tls()
				.engine(
						hello,
						config.tls_min_version().equals("1.2") ? TLS_12_AND_13 : TLS_13,
						address.isTcp() ? config.alpn() : config.http2() ? HTTP_2_AND_1 : HTTP_1);
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

	/** Ends the connections of TCP services that are not among these. */
	void cutOff(Set<String> remaining) {
		Endpoint current = endpoint;
		if (current != null) {
			Tcp.cutOff(current, remaining);
		}
	}

	boolean isBound() {
		return endpoint != null;
	}

	boolean isTcp() {
		return address.isTcp();
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
