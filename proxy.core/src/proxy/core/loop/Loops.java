package proxy.core.loop;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;
import proxy.api.transport.ClientTls;

/** All event loops, as many as there are processors. */
public final class Loops {

	private final Loop[] loops;
	private final Function<ClientTls, SSLEngine> tlsClient;
	private final ExecutorService handshakeTasks;
	private final Descriptors descriptors;

	/**
	 * @param count how many threads
	 * @param tlsClient makes the engine for a connection that the gateway opens
	 */
	public Loops(int count, Function<ClientTls, SSLEngine> tlsClient) throws IOException {
		this(count, tlsClient, Backlog.size(count));
	}

	/** @param backlog octets of memory that each loop has for what its sockets have not taken */
	public Loops(int count, Function<ClientTls, SSLEngine> tlsClient, long backlog) throws IOException {
		this(count, tlsClient, backlog, Descriptors.ofProcess());
	}

	Loops(int count, Function<ClientTls, SSLEngine> tlsClient, long backlog, Descriptors descriptors) throws IOException {
		this.tlsClient = tlsClient;
		this.descriptors = descriptors;
		loops = new Loop[count];
		for (int i = 0; i < count; i++) {
			loops[i] = new Loop(this, i, backlog);
		}
		ThreadPoolExecutor pool = new ThreadPoolExecutor(
				count, count, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(1000), task -> {
					Thread thread = new Thread(task, "gatehouse-handshake");
					thread.setDaemon(true);
					return thread;
				});
		pool.allowCoreThreadTimeOut(true);
		handshakeTasks = pool;
		for (Loop loop : loops) {
			loop.start();
		}
	}

	/** Closes all connections and ends the threads. */
	public void stop() {
		for (Loop loop : loops) {
			loop.stop();
		}
		handshakeTasks.shutdownNow();
		try {
			for (Loop loop : loops) {
				loop.join(2_000);
			}
		} catch (InterruptedException interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	public int count() {
		return loops.length;
	}

	public Loop loop(int index) {
		return loops[index];
	}

	Descriptors descriptors() {
		return descriptors;
	}

	SSLEngine tlsClient(ClientTls tls) {
		return tlsClient.apply(tls);
	}

	/** Where TLS engines without native code do their public-key operations, bounded. */
	ExecutorService handshakeTasks() {
		return handshakeTasks;
	}
}
