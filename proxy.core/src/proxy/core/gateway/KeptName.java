package proxy.core.gateway;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.upstream.NameDirectory;
import proxy.api.upstream.NameResolver;
import proxy.api.upstream.Resolution;

/** A name and its addresses. Everything but what is volatile belongs to one thread. */
final class KeptName {

	private static final Logger LOG = LoggerFactory.getLogger(Names.class);
	private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
	/** A resolver that does not even fail is asked again. */
	private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
	/** A name that is said not to exist any more may be in the middle of a change. */
	private static final long GONE_NANOS = TimeUnit.SECONDS.toNanos(10);
	/** Not oftener than this on account of addresses that do not work. */
	private static final long REFRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final String name;
	private final Supplier<NameResolver> resolver;
	private final ScheduledExecutorService thread;
	private final Predicate<KeptName> forget;
	private final List<Watch> watches = new CopyOnWriteArrayList<>();
	private final CountDownLatch looked = new CountDownLatch(1);
	private volatile List<InetSocketAddress> addresses = List.of();
	private volatile long askedAt;
	private Future<?> next;
	private long question;
	private int failures;
	private long goneSince;

	/** @param forget asked when nobody wants the name any more; whether it may end */
	KeptName(String name, Supplier<NameResolver> resolver, ScheduledExecutorService thread, Predicate<KeptName> forget) {
		this.name = name;
		this.resolver = resolver;
		this.thread = thread;
		this.forget = forget;
		askAnew();
	}

	String name() {
		return name;
	}

	boolean isWanted() {
		return !watches.isEmpty();
	}

	NameDirectory.Watch watch(Runnable changed) {
		Watch watch = new Watch(changed);
		watches.add(watch);
		return watch;
	}

	/** Any thread. */
	void askAnew() {
		askedAt = System.nanoTime();
		thread.execute(this::ask);
	}

	private void due() {
		if (isWanted() || !forget.test(this)) {
			ask();
		}
	}

	private void ask() {
		askedAt = System.nanoTime();
		long own = ++question;
		again(ANSWER_LIMIT);
		try {
			CompletionStage<Resolution> answer = resolver.get().resolve(name);
			answer.whenCompleteAsync((found, failure) -> {
				if (own == question) {
					answered(found, failure);
				}
			}, thread);
		} catch (RuntimeException unexpected) {
			answered(null, unexpected);
		}
	}

	private void again(Duration pause) {
		if (next != null) {
			next.cancel(false);
		}
		next = thread.schedule(this::due, pause.toMillis(), TimeUnit.MILLISECONDS);
	}

	private void answered(Resolution found, Throwable failure) {
		boolean exists = failure == null && !found.addresses().isEmpty();
		again(failure == null ? found.validFor() : PAUSE_AFTER_FAILURE);
		if (exists) {
			if (failures > 1) {
				LOG.info("upstream name {} resolves now", name);
			}
			failures = 0;
			goneSince = 0;
			use(found.addresses());
		} else {
			missing(failure);
		}
		looked.countDown();
	}

	/** One answer may get lost; the second time in a row is trouble. */
	private void missing(Throwable failure) {
		boolean known = !addresses.isEmpty();
		if (++failures == 2) {
			LOG.atWarn()
					.addKeyValue("reason", reason(failure))
					.log("upstream name {} does not resolve; {}", name, known
							? "the addresses found last stay in use"
							: "its service answers 503 until it does");
		}
		if (failure != null || !known) {
			goneSince = 0;
		} else if (goneSince == 0) {
			goneSince = Math.max(1, System.nanoTime());
		} else if (System.nanoTime() - goneSince > GONE_NANOS) {
			LOG.warn("upstream name {} does not exist any more; its addresses are out of use", name);
			use(List.of());
		}
	}

	private static String reason(Throwable failure) {
		if (failure == null) {
			return "there is no such name, or it has no address";
		}
		return String.valueOf((failure instanceof CompletionException ? failure.getCause() : failure).getMessage());
	}

	private void use(List<InetSocketAddress> found) {
		if (!found.equals(addresses)) {
			addresses = found;
			for (Watch watch : watches) {
				try {
					watch.changed.run();
				} catch (RuntimeException bug) {
					LOG.error("a change of addresses was not taken", bug);
				}
			}
		}
	}

	/** One of those who want the name. */
	private final class Watch implements NameDirectory.Watch {

		private final Runnable changed;

		Watch(Runnable changed) {
			this.changed = changed;
		}

		@Override
		public List<InetSocketAddress> addresses() {
			return addresses;
		}

		@Override
		public void await(long millis) {
			try {
				looked.await(millis, TimeUnit.MILLISECONDS);
			} catch (InterruptedException interrupted) {
				Thread.currentThread().interrupt();
			}
		}

		@Override
		public void refresh() {
			if (System.nanoTime() - askedAt > REFRESH_NANOS) {
				askAnew();
			}
		}

		@Override
		public void close() {
			watches.remove(this);
		}
	}
}
