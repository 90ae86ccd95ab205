package proxy.upstream.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the addresses of names fresh, on threads of its own. A name that does not resolve is tried every second, one
 * that does every ten; what was found last stands until something else is found.
 */
@Component(service = NameResolver.class)
public final class NameResolver {

	private static final Logger LOG = LoggerFactory.getLogger(NameResolver.class);
	private static final int FOUND_PAUSE_SECONDS = 10;
	private static final int UNKNOWN_PAUSE_SECONDS = 1;
	/** A name server that does not answer must not keep the other names waiting. */
	private static final int THREADS = 4;

	/** The JDK's own cache would hide a name that appears, and addresses that change. */
	static {
		java.security.Security.setProperty("networkaddress.cache.negative.ttl", "0");
		java.security.Security.setProperty("networkaddress.cache.ttl", "1");
	}

	private final ScheduledThreadPoolExecutor executor;
	private final Map<String, Watched> names = new ConcurrentHashMap<>();

	@Activate
	public NameResolver() {
		executor = new ScheduledThreadPoolExecutor(THREADS, task -> {
			Thread thread = new Thread(task, "gatehouse-names");
			thread.setDaemon(true);
			return thread;
		});
		executor.setRemoveOnCancelPolicy(true);
	}

	@Deactivate
	void deactivate() {
		executor.shutdownNow();
	}

	/** The addresses of a name, kept fresh from now until {@link #forget}; the task runs after every change. */
	Watched watch(String name, Runnable changed) {
		Watched watched = names.computeIfAbsent(name, Watched::new);
		watched.add(changed);
		return watched;
	}

	/** Nobody is told any more; the addresses are kept for a successor that may come in a moment. */
	void forget(Watched watched, Runnable changed) {
		watched.remove(changed);
	}

	private static boolean isLiteral(String host) {
		return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
	}

	/** A name somebody wants the addresses of. */
	final class Watched implements Runnable {

		private final String name;
		private final List<Runnable> listeners = new ArrayList<>();
		private final CountDownLatch looked = new CountDownLatch(1);
		private volatile List<InetAddress> addresses = List.of();
		private boolean unknown;

		Watched(String name) {
			this.name = name;
			if (isLiteral(name)) {
				look();
			} else {
				executor.execute(this);
			}
		}

		/** Waits until the name has been looked up once, or for so long. Not on an event loop. */
		void await(long millis) {
			try {
				looked.await(millis, TimeUnit.MILLISECONDS);
			} catch (InterruptedException interrupted) {
				Thread.currentThread().interrupt();
			}
		}

		/** What was found last, IPv4 first; empty when nothing ever was. */
		List<InetAddress> addresses() {
			return addresses;
		}

		private synchronized void add(Runnable changed) {
			listeners.add(changed);
		}

		private synchronized void remove(Runnable changed) {
			listeners.remove(changed);
		}

		private synchronized boolean isWanted() {
			return !listeners.isEmpty();
		}

		@Override
		public void run() {
			if (looked.getCount() == 0 && !isWanted()) {
				names.remove(name, this);
				return;
			}
			boolean found = look();
			executor.schedule(this, found ? FOUND_PAUSE_SECONDS : UNKNOWN_PAUSE_SECONDS, TimeUnit.SECONDS);
		}

		private boolean look() {
			try {
				List<InetAddress> found = new ArrayList<>(Arrays.asList(InetAddress.getAllByName(name)));
				found.sort(Comparator.comparing((InetAddress a) -> a.getAddress().length)
						.thenComparing(InetAddress::getHostAddress));
				if (unknown) {
					LOG.info("upstream name {} resolves now", name);
				}
				unknown = false;
				if (!found.equals(addresses)) {
					addresses = List.copyOf(found);
					tell();
				}
				return true;
			} catch (UnknownHostException notYet) {
				if (!unknown) {
					LOG.warn("upstream name {} does not resolve; {}", name, addresses.isEmpty()
							? "its service answers 503 until it does"
							: "the addresses found last stay in use");
				}
				unknown = true;
				return false;
			} finally {
				looked.countDown();
			}
		}

		private synchronized void tell() {
			List.copyOf(listeners).forEach(Runnable::run);
		}
	}
}
