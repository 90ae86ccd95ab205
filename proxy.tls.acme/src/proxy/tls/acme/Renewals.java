package proxy.tls.acme;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.runtime.Problem;
import proxy.api.tls.TlsIdentity;
import proxy.pem.IdentityFolder;

/**
 * Keeps every domain's certificate in force. One control thread owns all state and decides; orders run on threads of
 * their own and report to it. Handshakes read an immutable map.
 */
final class Renewals {

	private static final Logger log = LoggerFactory.getLogger(Renewals.class);
	private static final int ORDERS_AT_ONCE = 4;
	/** How often files and the clock are looked at, at least. */
	private static final Duration LONGEST_SLEEP = Duration.ofSeconds(30);
	/** How long listeners may take to appear before their absence counts. */
	private static final Duration LISTENERS_START = Duration.ofSeconds(15);

	private final IdentityFolder folder;
	private final Challenges challenges;
	private final Reports reports;
	private final InstantSource clock;
	private final ScheduledThreadPoolExecutor control;
	private final ThreadPoolExecutor orders;
	private final Map<DomainName, Domain> domains = new LinkedHashMap<>();
	private final Gate gate = new Gate();
	private Settings settings;
	private CertificateAuthority authority;
	private Instant configured;
	private boolean tlsListener;
	private boolean plainListener;
	private Future<?> timer;
	private volatile Map<String, TlsIdentity> served = Map.of();

	Renewals(IdentityFolder folder, Challenges challenges, Reports reports, InstantSource clock) {
		this.folder = folder;
		this.challenges = challenges;
		this.reports = reports;
		this.clock = clock;
		control = new ScheduledThreadPoolExecutor(1, threads("gatehouse-acme"));
		control.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
		control.setRemoveOnCancelPolicy(true);
		orders = new ThreadPoolExecutor(
				ORDERS_AT_ONCE, ORDERS_AT_ONCE, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads("gatehouse-acme-order"));
		orders.allowCoreThreadTimeOut(true);
	}

	/** @return null when none of the domains is meant, or its first certificate is not there yet */
	TlsIdentity identity(String serverName) {
		return served.get(serverName);
	}

	/** Puts settings in force. When it returns, certificates that are stored are served. */
	void configure(Settings wanted) throws InterruptedException {
		try {
			control.submit(() -> apply(wanted)).get();
		} catch (ExecutionException e) {
			throw new IllegalStateException(e.getCause());
		}
	}

	/** Which kinds of listeners there are now to answer challenges. */
	void listeners(boolean tls, boolean plain) {
		run(() -> {
			tlsListener = tls;
			plainListener = plain;
			tick();
		});
	}

	/** Ends everything, also orders that wait for the authority. */
	void stop() throws InterruptedException {
		orders.shutdownNow();
		control.shutdown();
		control.awaitTermination(5, TimeUnit.SECONDS);
		orders.awaitTermination(5, TimeUnit.SECONDS);
		reports.are(List.of());
	}

	private void apply(Settings wanted) {
		boolean sameAuthority = settings != null && settings.sameAuthority(wanted);
		settings = wanted;
		configured = clock.instant();
		if (!sameAuthority) {
			authority = wanted.directory() == null ? null : new CertificateAuthority(wanted, new AccountFile(folder.path()));
		}
		gate.reset();
		domains.keySet().retainAll(wanted.domains());
		wanted.domains().forEach(name -> domains.computeIfAbsent(name, n -> new Domain(n, folder)));
		domains.values().forEach(Domain::tryAgain);
		tick();
	}

	private void tick() {
		Instant now = clock.instant();
		domains.values().forEach(domain -> domain.look(now));
		Instant next = now.plus(LONGEST_SLEEP);
		boolean waiting = false;
		if (authority != null) {
			for (Domain domain : inOrderOfNeed(now)) {
				Instant due = later(domain.due(settings.renewBefore(), now), gate.opens(now));
				String challenge = challenge(domain, now);
				if (due.isAfter(now)) {
					next = earlier(next, due);
				} else if (challenge == null) {
					waiting = true;
					next = earlier(next, later(now.plusSeconds(1), configured.plus(LISTENERS_START)));
				} else if (!gate.failing() || domains.values().stream().noneMatch(Domain::ordering)) {
					start(domain, challenge);
				}
			}
		}
		publish();
		report(waiting && now.isAfter(configured.plus(LISTENERS_START)), now);
		if (timer != null) {
			timer.cancel(false);
		}
		long pause = Math.max(10, Duration.between(now, next).toMillis());
		timer = control.schedule(this::guardedTick, pause, TimeUnit.MILLISECONDS);
	}

	private void guardedTick() {
		try {
			tick();
		} catch (RuntimeException e) {
			log.atError().setCause(e).log("tls: looking after certificates failed, trying again");
			timer = control.schedule(this::guardedTick, LONGEST_SLEEP.toMillis(), TimeUnit.MILLISECONDS);
		}
	}

	/** Those without a certificate first, then by the time that is left. */
	private List<Domain> inOrderOfNeed(Instant now) {
		List<Domain> free = new ArrayList<>(domains.values());
		free.removeIf(Domain::ordering);
		free.sort(Comparator.comparing(domain -> domain.identity() == null
				? Instant.MIN
				: domain.identity().leaf().getNotAfter().toInstant()));
		return free;
	}

	/** The challenge that can be answered now, or null. A second way is tried when the first was refused. */
	private String challenge(Domain domain, Instant now) {
		boolean late = now.isAfter(configured.plus(LISTENERS_START));
		boolean refused = domain.failures() % 2 == 1;
		boolean tls = tlsListener && !settings.challenge().equals("http-01");
		boolean plain = plainListener
				&& (settings.challenge().equals("http-01")
						|| settings.challenge().equals("auto") && (refused || !tlsListener && late));
		return plain ? "http-01" : tls ? "tls-alpn-01" : null;
	}

	private void start(Domain domain, String challenge) {
		domain.started();
		CertificateAuthority asked = authority;
		Issuance issuance = new Issuance(domain.name(), settings.keyType(), challenge, challenges);
		orders.execute(() -> {
			try {
				TlsIdentity issued = issuance.run(asked.login());
				run(() -> succeeded(domain, asked, issued));
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
			} catch (Exception e) {
				run(() -> failed(domain, asked, e));
			}
		});
	}

	private void succeeded(Domain domain, CertificateAuthority asked, TlsIdentity issued) {
		if (isCurrent(domain, asked)) {
			gate.worked();
			domain.issued(issued, clock.instant());
		}
		tick();
	}

	private void failed(Domain domain, CertificateAuthority asked, Exception failure) {
		if (isCurrent(domain, asked)) {
			Instant now = clock.instant();
			Trouble trouble = Trouble.of(failure);
			if (trouble.kind() == Trouble.Kind.DOMAIN) {
				gate.worked();
				domain.refused(trouble, now, ThreadLocalRandom.current().nextDouble());
				log.atError()
						.addKeyValue("domain", domain.name())
						.addKeyValue("reason", trouble.reason())
						.addKeyValue("next_try", domain.due(settings.renewBefore(), now))
						.log("tls: ACME certificate not obtained");
			} else {
				gate.failed(trouble, now, ThreadLocalRandom.current().nextDouble());
				domain.postponed(trouble.reason());
				if (trouble.kind() == Trouble.Kind.TRUST) {
					asked.disconnect();
				} else if (trouble.kind() == Trouble.Kind.ACCOUNT) {
					asked.forgetAccount();
				}
			}
		}
		tick();
	}

	/** Whether the settings are still those that the order was made with. */
	private boolean isCurrent(Domain domain, CertificateAuthority asked) {
		if (asked == authority && domains.get(domain.name()) == domain) {
			return true;
		}
		domain.abandoned();
		return false;
	}

	private void publish() {
		Map<String, TlsIdentity> now = new HashMap<>();
		for (Domain domain : domains.values()) {
			if (domain.identity() != null) {
				now.put(domain.name().text(), domain.identity());
				if (domain.name().equals(settings.defaultDomain())) {
					now.put("", domain.identity());
				}
			}
		}
		served = Map.copyOf(now);
	}

	private void report(boolean noListener, Instant now) {
		List<Problem> problems = new ArrayList<>(settings.problems());
		if (noListener) {
			problems.add(new Problem("tls.acme.domains", "no certificates are ordered: there is no listener that could answer the"
					+ " authority's challenge (" + settings.challenge() + ")"));
		}
		for (Domain domain : domains.values()) {
			if (domain.trouble() != null) {
				problems.add(new Problem("tls.acme.domains[" + domain.name() + "]", state(domain, now) + ": " + domain.trouble()));
			}
		}
		reports.are(problems);
	}

	private static String state(Domain domain, Instant now) {
		if (domain.identity() == null) {
			return "no certificate yet";
		}
		Instant end = domain.identity().leaf().getNotAfter().toInstant();
		return (end.isBefore(now) ? "the certificate expired at " : "the certificate ends at ") + end;
	}

	private void run(Runnable task) {
		try {
			control.execute(() -> {
				try {
					task.run();
				} catch (RuntimeException e) {
					log.atError().setCause(e).log("tls: looking after certificates failed");
				}
			});
		} catch (RejectedExecutionException e) {
			log.debug("stopped: nobody wants to know any more");
		}
	}

	private static Instant later(Instant one, Instant other) {
		return one.isAfter(other) ? one : other;
	}

	private static Instant earlier(Instant one, Instant other) {
		return one.isBefore(other) ? one : other;
	}

	private static ThreadFactory threads(String name) {
		AtomicInteger count = new AtomicInteger();
		return task -> {
			int number = count.incrementAndGet();
			Thread thread = new Thread(task, number == 1 ? name : name + "-" + number);
			thread.setDaemon(true);
			return thread;
		};
	}
}
