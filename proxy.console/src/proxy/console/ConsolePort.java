package proxy.console;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.runtime.GatewayRuntime;
import proxy.api.runtime.Notice;
import proxy.api.runtime.Problem;
import proxy.pem.PrivateFile;

/**
 * Opens the console's port, after the gateway's own: requests come before those who watch them. The web server of the
 * console waits for a configuration, and gets it here once the port is known to be free; until then a port that somebody
 * else has is a problem like any other, and is tried again.
 */
@Component(immediate = true, service = Notice.class, configurationPid = "proxy.console")
@Designate(ocd = ConsoleSettings.class)
public final class ConsolePort implements Notice, ServiceListener {

	private static final Logger LOG = LoggerFactory.getLogger(ConsolePort.class);
	static final String SETTING = "console.address";
	private static final String SERVER_PID = "org.apache.felix.http";
	private static final String HOST = "org.apache.felix.http.host";
	private static final String PORT = "org.osgi.service.http.port";
	private static final String LISTENING =
			"(&(objectClass=org.osgi.service.servlet.runtime.HttpServiceRuntime)(osgi.http.endpoint=*))";

	/** How long a gateway without listeners keeps the console waiting, in milliseconds. */
	private static final long PATIENCE_MILLIS = 1_000;

	/** How long the web server may take, before the start is over without it. */
	private static final long SERVER_MILLIS = 5_000;

	private static final long RETRY_MILLIS = 2_000;
	private static final long JOIN_MILLIS = 2_000;

	private final BundleContext context;
	private final Bundle framework;
	private final ConsoleAddress initial;
	/** The process that this one takes over from, or null. */
	private final ProcessHandle before;
	private final GatewayRuntime runtime;
	private final ConfigurationAdmin configurations;
	private final ConsoleLogin login;
	private final AutoCloseable subscription;
	private final Thread thread = new Thread(this::run, "gatehouse-console");
	private ConsoleAddress wanted;
	private ConsoleAddress open;
	/** Whether the address that is wanted could not be opened. */
	private boolean refused;
	/** Why not, as it was told, or null. */
	private Problem told;
	private boolean serving;
	private boolean closed;

	/** @throws IllegalArgumentException when conf/config.properties has no proper host and port */
	@Activate
	public ConsolePort(
			BundleContext context,
			ConsoleSettings settings,
			@Reference GatewayRuntime runtime,
			@Reference ConfigurationAdmin configurations,
			@Reference ConsoleLogin login)
			throws InvalidSyntaxException {
		this.context = context;
		framework = context.getBundle(0);
		before = ProcessHandle.of(Long.getLong("gatehouse.replaces", 0)).orElse(null);
		initial = ConsoleAddress.parse(context.getProperty(HOST) + ":" + context.getProperty(PORT));
		this.runtime = runtime;
		this.configurations = configurations;
		this.login = login;
		wanted = address(settings, initial);
		context.addServiceListener(this, LISTENING);
		serving = context.getAllServiceReferences(null, LISTENING) != null;
		subscription = runtime.onChange(this::wake);
		thread.setDaemon(true);
		thread.start();
	}

	/** What is wrong is a problem, and changes nothing. */
	private ConsoleAddress address(ConsoleSettings settings, ConsoleAddress otherwise) {
		try {
			ConsoleAddress address = settings.address().isBlank() ? initial : ConsoleAddress.parse(settings.address());
			runtime.clear(SETTING);
			return address;
		} catch (IllegalArgumentException wrong) {
			runtime.report(new Problem(SETTING, wrong.getMessage()));
			return otherwise;
		}
	}

	@Modified
	synchronized void modified(ConsoleSettings settings) {
		tell(null);
		refused = false;
		wanted = address(settings, wanted);
		notifyAll();
	}

	/** The web server says where it listens, and that it does so no more. */
	@Override
	public synchronized void serviceChanged(ServiceEvent event) {
		serving = event.getType() == ServiceEvent.REGISTERED || event.getType() == ServiceEvent.MODIFIED;
		notifyAll();
	}

	private synchronized void wake() {
		notifyAll();
	}

	private void run() {
		try {
			awaitListeners();
			// listeners wait for whoever holds the gateway, so not before
			try (AutoCloseable hold = runtime.hold()) {
				tryToOpen();
				awaitServer();
			}
			while (!isClosed()) {
				awaitWork();
				tryToOpen();
			}
		} catch (InterruptedException stopped) {
			Thread.currentThread().interrupt();
		} catch (Exception e) {
			LOG.atError().setCause(e).log("console: cannot be opened");
		}
	}

	private synchronized boolean isClosed() {
		return closed;
	}

	private synchronized void awaitListeners() throws InterruptedException {
		while (!closed && framework.getState() != Bundle.ACTIVE) {
			wait(PATIENCE_MILLIS / 10);
		}
		long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
		for (long left = PATIENCE_MILLIS; left > 0 && !closed && runtime.listeners().isEmpty(); ) {
			wait(left);
			left = (deadline - System.nanoTime()) / 1_000_000;
		}
	}

	/** So that the start screen tells what is, not what will be. */
	private synchronized void awaitServer() throws InterruptedException {
		long deadline = System.nanoTime() + SERVER_MILLIS * 1_000_000;
		for (long left = SERVER_MILLIS; left > 0 && !closed && open != null && !serving; ) {
			wait(left);
			left = (deadline - System.nanoTime()) / 1_000_000;
		}
	}

	private synchronized void awaitWork() throws InterruptedException {
		while (!closed && wanted.equals(open)) {
			wait();
		}
		if (!closed && refused) {
			wait(RETRY_MILLIS);
		}
	}

	private void tryToOpen() {
		ConsoleAddress next;
		synchronized (this) {
			if (closed || wanted.equals(open)) {
				return;
			}
			next = wanted;
		}
		Problem now = serve(next);
		tell(isReplacing() ? null : now);
		synchronized (this) {
			open = now == null ? next : open;
			refused = now != null;
		}
	}

	/** Then the port is still the console's of the process before, which is as it should be. */
	private boolean isReplacing() {
		return before != null && before.isAlive();
	}

	/** Returns what is in the way, or null. */
	private Problem serve(ConsoleAddress address) {
		try {
			Configuration server = configurations.getConfiguration(SERVER_PID, "?");
			if (isOpen(server, address)) {
				return null;
			}
			Problem taken = taken(address);
			if (taken == null) {
				Dictionary<String, Object> properties = new Hashtable<>();
				properties.put(HOST, address.host());
				properties.put(PORT, Integer.toString(address.port()));
				server.update(properties);
			}
			return taken;
		} catch (IOException full) {
			return new Problem("console", "cannot be opened, because its address cannot be kept in the data directory "
					+ context.getProperty("gatehouse.data") + ": " + PrivateFile.reason(full));
		}
	}

	private static Problem taken(ConsoleAddress address) {
		try {
			address.probe();
			return null;
		} catch (IOException taken) {
			return new Problem(SETTING, "cannot listen at " + address + ", so there is no console: " + taken.getMessage());
		}
	}

	/** The server outlives this bundle, so that the console that replaces it is not cut off from what it has begun. */
	private synchronized boolean isOpen(Configuration server, ConsoleAddress address) {
		Dictionary<String, Object> properties = server.getProperties();
		return serving
				&& properties != null
				&& address.host().equals(properties.get(HOST))
				&& Integer.toString(address.port()).equals(properties.get(PORT));
	}

	/** Only what is new. */
	private synchronized void tell(Problem now) {
		if (told != null && !told.equals(now)) {
			runtime.clear(told.setting());
		}
		if (now != null && !now.equals(told)) {
			runtime.report(now);
		}
		told = now;
	}

	@Override
	public String title() {
		return "console";
	}

	@Override
	public synchronized String text() {
		return open == null ? "not there" : "http://" + open + "/system/console   " + login.hint();
	}

	@Deactivate
	void close() throws Exception {
		synchronized (this) {
			closed = true;
			notifyAll();
		}
		context.removeServiceListener(this);
		subscription.close();
		runtime.clear("console");
		thread.join(JOIN_MILLIS);
		if (framework.getState() == Bundle.STOPPING) {
			configurations.getConfiguration(SERVER_PID, "?").delete(); // else the next start would open it too early
		}
	}
}
