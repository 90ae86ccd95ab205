package proxy.core.gateway;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import proxy.api.upstream.NameDirectory;
import proxy.api.upstream.NameResolver;

/** Keeps names by whatever resolver there is; another resolver is asked at once, and what was found before stands until it answers. */
@Component(service = NameDirectory.class, immediate = true)
public final class Names implements NameDirectory {

	private final SystemNames system = new SystemNames();
	private final Map<String, KeptName> kept = new HashMap<>();
	private final ScheduledThreadPoolExecutor thread;
	private volatile NameResolver resolver = system;

	@Activate
	public Names() {
		thread = new ScheduledThreadPoolExecutor(1, task -> {
			Thread names = new Thread(task, "gatehouse-names");
			names.setDaemon(true);
			return names;
		});
		thread.setRemoveOnCancelPolicy(true);
		thread.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
	}

	@Deactivate
	void deactivate() {
		thread.shutdownNow();
		system.stop();
	}

	/** Also when it is configured anew. */
	@Reference(
			cardinality = ReferenceCardinality.OPTIONAL,
			policy = ReferencePolicy.DYNAMIC,
			policyOption = ReferencePolicyOption.GREEDY,
			updated = "setResolver")
	void setResolver(NameResolver next) {
		use(next);
	}

	void unsetResolver(NameResolver gone) {
		if (resolver == gone) {
			use(system);
		}
	}

	private void use(NameResolver next) {
		resolver = next;
		synchronized (kept) {
			kept.values().forEach(KeptName::askAnew);
		}
	}

	@Override
	public Watch watch(String name, Runnable changed) {
		if (isLiteral(name)) {
			return new Literal(literal(name));
		}
		synchronized (kept) {
			return kept.computeIfAbsent(name, unknown -> new KeptName(unknown, () -> resolver, thread, this::forget)).watch(changed);
		}
	}

	/** @return false when somebody wants it after all */
	private boolean forget(KeptName name) {
		synchronized (kept) {
			return !name.isWanted() && kept.remove(name.name(), name);
		}
	}

	private static boolean isLiteral(String host) {
		return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
	}

	private static List<InetSocketAddress> literal(String host) {
		try {
			return List.of(new InetSocketAddress(InetAddress.getByName(host), 0));
		} catch (UnknownHostException noAddress) {
			return List.of();
		}
	}

	/** An address needs no looking up. */
	private record Literal(List<InetSocketAddress> addresses) implements Watch {

		@Override
		public void await(long millis) {}

		@Override
		public void refresh() {}

		@Override
		public void close() {}
	}
}
