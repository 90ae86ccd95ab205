package proxy.tls.acme;

import java.time.Duration;
import java.time.Instant;

/** By which challenges the authority can reach us, as far as our listeners go. For the control thread. */
final class Reachability {

	/** How long listeners may take to appear before their absence counts. */
	private static final Duration START = Duration.ofSeconds(15);

	private boolean tls;
	private boolean plain;
	private Instant late = Instant.MIN;

	/** Which kinds of listeners there are. */
	void listeners(boolean withTls, boolean withoutTls) {
		tls = withTls;
		plain = withoutTls;
	}

	/** Listeners are on their way. */
	void begin(Instant now) {
		late = now.plus(START);
	}

	/** When a listener that is not there yet is missing. */
	Instant late() {
		return late;
	}

	boolean isLate(Instant now) {
		return now.isAfter(late);
	}

	/** @param wanted {@code auto} or a challenge */
	boolean hasAnotherWay(String wanted) {
		return wanted.equals("auto") && tls && plain;
	}

	/**
	 * The challenge that can be answered now, or null. The second way is tried when the first was refused.
	 *
	 * @param wanted {@code auto} or a challenge
	 */
	String challenge(String wanted, Domain domain, Instant now) {
		boolean automatic = wanted.equals("auto");
		boolean refused = domain.failures() % 2 == 1;
		if (plain && (wanted.equals("http-01") || automatic && (refused || isLate(now) && !tls))) {
			return "http-01";
		}
		return tls && !wanted.equals("http-01") ? "tls-alpn-01" : null;
	}
}
