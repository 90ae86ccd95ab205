package proxy.discovery.docker;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the engine for ever, until its thread is interrupted. */
final class ContainerWatch implements Runnable {

	/**
	 * @param fullLook between two looks when nothing happens
	 * @param quiet at least between two looks, however much happens
	 * @param missing between two looks for the socket
	 * @param stable how long a connection has to last for the pauses to begin small again
	 */
	record Timing(Duration fullLook, Duration quiet, Duration missing, Duration stable) {

		static final Timing STANDARD =
				new Timing(Duration.ofSeconds(30), Duration.ofMillis(200), Duration.ofSeconds(2), Duration.ofSeconds(30));
	}

	/** Waits between attempts. */
	interface Pause {
		void pause(Duration time) throws InterruptedException;
	}

	private static final Logger log = LoggerFactory.getLogger(ContainerWatch.class);

	private final Engine engine;
	private final String ownId;
	private final Findings findings;
	private final Link link;
	private final Timing timing;
	private final Backoff backoff;
	private final Pause pause;

	/** @param ownId of the gateway's own container; null when it is in none */
	ContainerWatch(
			Engine engine, String ownId, Findings findings, Link link, Timing timing, Backoff backoff, Pause pause) {
		this.engine = engine;
		this.ownId = ownId;
		this.findings = findings;
		this.link = link;
		this.timing = timing;
		this.backoff = backoff;
		this.pause = pause;
	}

	@Override
	public void run() {
		try {
			while (!Thread.currentThread().isInterrupted()) {
				if (engine.address().isMissing()) {
					link.missing();
					pause.pause(timing.missing());
				} else {
					connect();
					pause.pause(backoff.next());
				}
			}
		} catch (InterruptedException stopped) {
			log.atDebug().log("docker: stopped");
		}
	}

	private void connect() {
		long began = System.nanoTime();
		// The stream first: what happens during the first look is told by it.
		try (EventStream events = engine.events()) {
			follow(events);
		} catch (IOException | RuntimeException e) {
			if (!Thread.currentThread().isInterrupted()) {
				link.down(Link.reason(e));
			}
		}
		if (System.nanoTime() - began > timing.stable().toNanos()) {
			backoff.reset();
		}
	}

	private void follow(EventStream events) throws IOException {
		long looked = look();
		long due = looked + timing.fullLook().toNanos();
		while (true) {
			long left = due - System.nanoTime();
			if (left <= 0) {
				looked = look();
				due = looked + timing.fullLook().toNanos();
				continue;
			}
			Event event = events.next(Duration.ofNanos(left));
			if (event != null && matters(event)) {
				due = Math.min(due, looked + timing.quiet().toNanos());
				if (event.ends()) {
					findings.remove(event.container());
				}
			}
		}
	}

	private boolean matters(Event event) {
		return event.labelled() || findings.get(event.container()) != null || event.container().equals(ownId);
	}

	/** @return when it was through, of {@link System#nanoTime()} */
	private long look() throws IOException {
		Placement placement = new Placement(vantage());
		Map<String, Finding> found = new HashMap<>();
		boolean stuck = false;
		for (String id : engine.labelled(Placement.serviceLabels())) {
			try {
				Container container = engine.inspect(id);
				if (container != null) {
					found.put(id, placement.judge(container));
				}
			} catch (SocketTimeoutException e) {
				// An engine may hang over one container and know all others. Over two, it hangs.
				if (stuck) {
					throw e;
				}
				stuck = true;
				keep(id, "the engine does not answer about it", found);
			} catch (AnswerException e) {
				keep(id, e.getMessage(), found);
			}
		}
		findings.replace(found);
		link.up(found.size());
		return System.nanoTime();
	}

	private void keep(String id, String reason, Map<String, Finding> found) {
		Finding known = findings.get(id);
		String name = known == null ? id : known.container();
		log.atWarn().addKeyValue("container", name).addKeyValue("reason", reason).log("docker: a container is not described");
		found.put(id, known != null ? known : Finding.unfit(name, "nothing is known of container " + name + ": " + reason));
	}

	private Vantage vantage() throws IOException {
		Container own = ownId == null ? null : engine.inspect(ownId);
		return new Vantage(own, ownId != null, Vantage.ownSubnets(), engine.address().machine());
	}
}
