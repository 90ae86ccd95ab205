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
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.tls.TlsIdentity;
import proxy.pem.IdentityFolder;

/**
 * Keeps every domain's certificate in force: decides what is to be ordered when, and takes in what comes of it. All state
 * belongs to the control thread; handshakes read an immutable map.
 */
final class Renewals {

	private static final Logger log = LoggerFactory.getLogger(Renewals.class);
	/** How often files and the clock are looked at, at least. */
	private static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);
	private static final Duration SHORTEST_SLEEP = Duration.ofMillis(20);

	private final IdentityFolder folder;
	private final Challenges challenges;
	private final Reports reports;
	private final InstantSource clock;
	private final Threads threads = new Threads();
	private final Map<DomainName, Domain> domains = new LinkedHashMap<>();
	private final Gate gate = new Gate();
	private final History history;
	private final OrderLock lock;
	private final Reachability reachability = new Reachability();
	private int orders;
	private Settings settings;
	/** Null when the settings name none. */
	private CertificateAuthority authority;
	private volatile Map<String, TlsIdentity> served = Map.of();

	Renewals(IdentityFolder folder, Challenges challenges, Reports reports, InstantSource clock) {
		this.folder = folder;
		this.challenges = challenges;
		this.reports = reports;
		this.clock = clock;
		this.history = new History(folder.path());
		this.lock = new OrderLock(folder.path());
	}

	/** @return null when none of the domains is meant, or its first certificate is not there yet */
	TlsIdentity identity(String serverName) {
		return served.get(serverName);
	}

	/** Puts settings in force. When it returns, certificates that are stored are served. */
	void configure(Settings wanted) throws InterruptedException {
		threads.control(() -> apply(wanted));
	}

	/** Which kinds of listeners there are now to answer challenges. */
	void listeners(boolean tls, boolean plain) {
		threads.later(() -> {
			reachability.listeners(tls, plain);
			tick();
		});
	}

	/** Ends everything, also orders that wait for the authority. */
	void stop() throws InterruptedException {
		threads.stop();
		lock.release();
		reports.none();
	}

	private void apply(Settings wanted) {
		if (settings == null || !settings.sameAuthority(wanted)) {
			authority = wanted.directory() == null ? null : new CertificateAuthority(wanted, new AccountFile(folder.path()));
		}
		settings = wanted;
		reachability.begin(clock.instant());
		gate.reset();
		domains.keySet().retainAll(wanted.domains());
		wanted.domains().forEach(name -> domains.computeIfAbsent(name, n -> new Domain(n, folder)));
		domains.values().forEach(Domain::tryAgain);
		tick();
	}

	/** Looks at everything, does what is due, and sets the time of the next look. */
	private void tick() {
		Instant now = clock.instant();
		threads.timer(LONGEST_SLEEP, this::tick);
		domains.values().forEach(domain -> domain.look(now));
		publish();
		Instant next = now.plus(LONGEST_SLEEP);
		boolean waiting = false;
		if (authority != null) {
			for (Domain domain : inOrderOfNeed()) {
				Instant due = later(due(domain, now), gate.opens(now));
				String challenge = reachability.challenge(settings.challenge(), domain, now);
				if (due.isAfter(now)) {
					next = earlier(next, due);
				} else if (challenge == null) {
					waiting = true;
					next = earlier(next, later(now.plusSeconds(1), reachability.late()));
				} else if ((!gate.failing() || domains.values().stream().noneMatch(Domain::ordering)) && isOurs(domain, now)) {
					order(domain, challenge);
				}
			}
			if (!gate.failing()) {
				domains.values().stream().filter(domain -> domain.wantsSuggestion(now)).forEach(domain -> askWhen(domain, now));
			}
		}
		if (orders == 0) {
			lock.release();
		}
		reports.are(settings, gate.trouble(), domains.values(), waiting && reachability.isLate(now), now);
		Duration pause = Duration.between(now, next);
		threads.timer(pause.compareTo(SHORTEST_SLEEP) < 0 ? SHORTEST_SLEEP : pause, this::tick);
	}

	private Instant due(Domain domain, Instant now) {
		boolean replace = history.isFromAnother(domain.name(), settings.directory());
		return later(domain.due(settings.renewBefore(), replace, now), history.mayTry(domain.name(), now));
	}

	/** Whether it is this process that has to order, not another one, nor one that has just done so. */
	private boolean isOurs(Domain domain, Instant now) {
		if (lock.isHeld()) {
			return true;
		}
		if (!lock.acquire()) {
			return false;
		}
		domains.values().forEach(each -> each.look(now));
		publish();
		return !due(domain, now).isAfter(now);
	}

	/** Those without a certificate first, then by the time that is left. */
	private List<Domain> inOrderOfNeed() {
		List<Domain> free = new ArrayList<>(domains.values());
		free.removeIf(Domain::ordering);
		free.sort(Comparator.comparing(domain -> domain.identity() == null
				? Instant.MIN
				: domain.identity().leaf().getNotAfter().toInstant()));
		return free;
	}

	private void order(Domain domain, String challenge) {
		domain.started();
		orders++;
		CertificateAuthority asked = authority;
		Issuance issuance = new Issuance(
				domain.name(), settings.keyType(), settings.profile(), challenge, challenges, domain.identity());
		threads.blocking(() -> {
			try {
				TlsIdentity issued = issuance.run(asked.login());
				threads.later(() -> succeeded(domain, asked, issued));
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
			} catch (Throwable e) {
				// An Error, too: a domain that is left in the middle of an order would never be tried again.
				threads.later(() -> failed(domain, asked, e));
			}
		});
	}

	private void succeeded(Domain domain, CertificateAuthority asked, TlsIdentity issued) {
		orders--;
		if (isCurrent(domain, asked)) {
			gate.worked();
			history.issued(domain.name(), settings.directory());
			domain.issued(issued, clock.instant());
		}
		tick();
	}

	private void failed(Domain domain, CertificateAuthority asked, Throwable failure) {
		orders--;
		if (isCurrent(domain, asked)) {
			Instant now = clock.instant();
			double random = ThreadLocalRandom.current().nextDouble();
			Trouble trouble = Trouble.of(failure);
			switch (trouble.kind()) {
				case DOMAIN -> {
					gate.worked();
					history.refused(domain.name(), now);
					domain.refused(trouble, now, random, reachability.hasAnotherWay(settings.challenge()));
					log.atWarn()
							.addKeyValue("domain", domain.name())
							.addKeyValue("reason", trouble.reason())
							.addKeyValue("next_try", due(domain, now))
							.log("tls: ACME certificate not obtained");
				}
				case TRUST -> asked.trustAgain();
				case ACCOUNT -> asked.forgetAccount();
				case AUTHORITY, BINDING, PROFILE -> log.debug("tls: ACME order failed", failure);
			}
			if (trouble.kind() != Trouble.Kind.DOMAIN) {
				gate.failed(trouble, now, random);
				domain.abandoned();
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

	private void askWhen(Domain domain, Instant now) {
		TlsIdentity about = domain.identity();
		domain.suggested(about, new Suggestion(null, now.plus(Suggestion.USUAL)));
		CertificateAuthority asked = authority;
		threads.blocking(() -> {
			try {
				Suggestion answer = Suggestion.ask(asked.login(), about.leaf(), now, ThreadLocalRandom.current().nextDouble());
				threads.later(() -> {
					domain.suggested(about, answer);
					tick();
				});
			} catch (Exception e) {
				log.atDebug().addKeyValue("domain", domain.name()).addKeyValue("reason", e.getMessage()).log("tls: no renewal information");
			}
		});
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

	private static Instant later(Instant one, Instant other) {
		return one.isAfter(other) ? one : other;
	}

	private static Instant earlier(Instant one, Instant other) {
		return one.isBefore(other) ? one : other;
	}
}
