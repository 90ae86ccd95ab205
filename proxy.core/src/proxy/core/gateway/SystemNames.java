package proxy.core.gateway;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import proxy.api.upstream.NameResolver;
import proxy.api.upstream.Resolution;

/** Java's own way to look names up: the system's. It tells neither how long an answer is valid nor who failed. */
final class SystemNames implements NameResolver {

	/** A name server that does not answer must not keep the other names waiting. */
	private static final int THREADS = 4;
	private static final Duration VALID_FOR = Duration.ofSeconds(10);

	/** The JDK's own cache would hide a name that appears, and addresses that change. */
	static {
		java.security.Security.setProperty("networkaddress.cache.negative.ttl", "0");
		java.security.Security.setProperty("networkaddress.cache.ttl", "1");
	}

	private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
		Thread thread = new Thread(task, "gatehouse-system-names");
		thread.setDaemon(true);
		return thread;
	});

	@Override
	public CompletableFuture<Resolution> resolve(String name) {
		if (name.startsWith("_")) {
			return CompletableFuture.failedFuture(
					new UnknownHostException("no installed bundle looks up SRV records (proxy.discovery.dns does)"));
		}
		CompletableFuture<Resolution> outcome = new CompletableFuture<>();
		threads.execute(() -> {
			try {
				outcome.complete(lookUp(name));
			} catch (UnknownHostException | RuntimeException notFound) {
				outcome.completeExceptionally(notFound);
			}
		});
		return outcome;
	}

	private static Resolution lookUp(String name) throws UnknownHostException {
		List<InetSocketAddress> found = Arrays.stream(InetAddress.getAllByName(name))
				.sorted(Comparator.comparing((InetAddress a) -> a.getAddress().length).thenComparing(InetAddress::getHostAddress))
				.map(address -> new InetSocketAddress(address, 0))
				.toList();
		return new Resolution(found, VALID_FOR);
	}

	void stop() {
		threads.shutdownNow();
	}
}
