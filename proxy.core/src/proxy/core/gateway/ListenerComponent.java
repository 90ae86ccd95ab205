package proxy.core.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
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

	private final Engine engine;
	private final Routing routing;
	private final Status status;
	private final CertificateSources certificates;
	private final BundleContext context;
	private final int slot;
	private volatile ListenerSettings settings;
	/** Null while nothing is bound. */
	private volatile ListeningSocket socket;
	private ServiceRegistration<Listener> registration;
	private ScheduledFuture<?> retry;
	private boolean wanted;
	/** Whether it has been bound, or could not be. */
	private volatile boolean tried;

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
		settings = check(config);
		slot = engine.takeSlot();
		routing.add(this);
		status.add(this);
		open();
	}

	/** Takes the new settings; what is wrong is told, and the settings before stay in force. */
	@Modified
	void modified(ListenerConfig config) {
		ListenerSettings before = settings;
		try {
			settings = check(config);
		} catch (IllegalArgumentException reported) {
			return;
		}
		apply(before);
		routing.changed();
		status.changed();
	}

	private synchronized void apply(ListenerSettings before) {
		if (socket != null && settings.sameSocket(before)) {
			socket.use(settings);
			registration.setProperties(properties());
		} else {
			close();
			open();
		}
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
		return ListenerSettings.setting(settings.config());
	}

	private ListenerSettings check(ListenerConfig config) {
		try {
			ListenerSettings checked = ListenerSettings.check(config);
			status.clear(ListenerSettings.setting(config));
			return checked;
		} catch (IllegalArgumentException wrong) {
			status.report(Problem.of(ListenerSettings.setting(config), wrong));
			throw wrong;
		}
	}

	/** Binds when there is a table that knows the listener: before that, connections would only wait. */
	private synchronized void open() {
		wanted = true;
		routing.whenRouted(this, this::bind);
	}

	private synchronized void bind() {
		if (!wanted || socket != null || engine.isEnding()) {
			return;
		}
		try {
			socket = new ListeningSocket(settings, slot, engine, routing.dispatcher(), certificates);
		} catch (IOException | RuntimeException taken) {
			status.report(new Problem(setting() + ".address", settings.address() + " cannot be bound: " + taken.getMessage()));
			retry = engine.control().after(RETRY_MILLIS, this::bind);
			tried = true;
			return;
		}
		status.clear(setting() + ".address");
		socket.start();
		registration = context.registerService(Listener.class, this, properties());
		LOG.info("Starting listener {} on {}", name(), state().address());
		if (socket.isShared()) {
			LOG.warn("another process listens at {} too and gets a share of the connections until it ends", settings.address());
		}
		tried = true;
		status.changed();
	}

	private Dictionary<String, Object> properties() {
		return new Hashtable<>(Map.of("name", name(), "scheme", scheme(), "port", address().getPort()));
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
		if (socket != null) {
			socket.close();
			socket = null;
		}
	}

	/** Ends the connections of TCP services that are not among these. */
	void cutOff(Set<String> remaining) {
		ListeningSocket current = socket;
		if (current != null) {
			current.cutOff(remaining);
		}
	}

	boolean isTried() {
		return tried;
	}

	boolean isBound() {
		return socket != null;
	}

	boolean isTcp() {
		return settings.address().isTcp();
	}

	int slot() {
		return slot;
	}

	GatewayRuntime.ListenerState state() {
		ListenerAddress shown = new ListenerAddress(scheme(), address());
		return new GatewayRuntime.ListenerState(name(), shown.toString(), services(), connections());
	}

	@Override
	public String name() {
		return settings.name();
	}

	@Override
	public String scheme() {
		return settings.address().scheme();
	}

	@Override
	public InetSocketAddress address() {
		ListeningSocket current = socket;
		return current == null ? settings.address().socket() : current.address();
	}

	@Override
	public List<String> services() {
		return settings.services();
	}

	@Override
	public int connections() {
		ListeningSocket current = socket;
		return current == null ? 0 : current.connections();
	}
}
