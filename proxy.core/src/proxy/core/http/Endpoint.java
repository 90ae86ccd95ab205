package proxy.core.http;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import proxy.api.transport.EventLoop;
import proxy.core.loop.Loops;

/** What the connections of one listener share. */
public final class Endpoint {

	private final String name;
	private final String scheme;
	private final int slot;
	private final Dispatcher dispatcher;
	private volatile Limits limits;
	private volatile Front front;
	private final Loops loops;
	private final AtomicInteger connections = new AtomicInteger();
	private final Set<ClientConnection>[] byLoop;
	private volatile boolean draining;
	private volatile long drainIdleMillis;

	/** @param slot the listener's index in every routing table */
	@SuppressWarnings({"unchecked", "rawtypes"})
	public Endpoint(String name, String scheme, int slot, Dispatcher dispatcher, Limits limits, Loops loops) {
		this.name = name;
		this.scheme = scheme;
		this.slot = slot;
		this.dispatcher = dispatcher;
		this.limits = limits;
		this.loops = loops;
		byLoop = new Set[loops.count()];
		for (int i = 0; i < byLoop.length; i++) {
			byLoop[i] = new HashSet<>();
		}
	}

	/** A connection begins; false when there are too many and it must be closed. On its loop. */
	public boolean opened(ClientConnection connection, EventLoop loop) {
		if (connections.incrementAndGet() > limits.connections()) {
			connections.decrementAndGet();
			return false;
		}
		byLoop[loop.index()].add(connection);
		return true;
	}

	/** A connection has ended; on its loop. */
	public void closed(ClientConnection connection, EventLoop loop) {
		if (byLoop[loop.index()].remove(connection)) {
			connections.decrementAndGet();
		}
	}

	/**
	 * Lets every connection finish what it does and close. Any thread.
	 *
	 * @param idleMillis how long an idle one may still bring a request, which is then its last
	 */
	public void drain(long idleMillis) {
		drainIdleMillis = idleMillis;
		draining = true;
		forEach(connection -> connection.drain(idleMillis));
	}

	/** Closes what is still open. Any thread. */
	public void abort() {
		forEach(ClientConnection::abort);
	}

	/** Closes those that it is true of. Any thread; the condition is asked on the connection's loop. */
	public void abortIf(Predicate<ClientConnection> condition) {
		forEach(connection -> {
			if (condition.test(connection)) {
				connection.abort();
			}
		});
	}

	private void forEach(Consumer<ClientConnection> action) {
		for (int i = 0; i < byLoop.length; i++) {
			Set<ClientConnection> own = byLoop[i];
			loops.loop(i).execute(() -> Set.copyOf(own).forEach(action));
		}
	}

	public boolean draining() {
		return draining;
	}

	/** How long a connection may wait for its next request. */
	public long idleMillis() {
		return draining ? drainIdleMillis : limits.idleMillis();
	}

	public int connections() {
		return connections.get();
	}

	public String name() {
		return name;
	}

	public String scheme() {
		return scheme;
	}

	public int slot() {
		return slot;
	}

	public Dispatcher dispatcher() {
		return dispatcher;
	}

	/** What is answered before rules and routes, from now on; null for nothing. */
	public void front(Front next) {
		front = next;
	}

	Front front() {
		return front;
	}

	/** New limits, for what begins from now on. */
	public void limits(Limits next) {
		limits = next;
	}

	public Limits limits() {
		return limits;
	}
}
