package proxy.captcha;

import java.util.Comparator;
import java.util.TreeSet;

/**
 * Challenges that were solved and are not to be solved again. The memory is bounded: when it is full, the one that expires
 * first is forgotten, and with it all challenges count as spent that expire no later.
 */
final class SpentChallenges {

	private record Spent(long expires, String id) {}

	private final int capacity;
	private final TreeSet<Spent> spent = new TreeSet<>(Comparator.comparingLong(Spent::expires).thenComparing(Spent::id));
	private long forgottenUntil = Long.MIN_VALUE;

	SpentChallenges(int capacity) {
		this.capacity = capacity;
	}

	/**
	 * Whether the challenge had not been spent; it is now. Any thread.
	 *
	 * @param over challenges that expire before this are accepted by nobody any more; in seconds as the other
	 */
	synchronized boolean spend(String id, long expires, long over) {
		while (!spent.isEmpty() && spent.first().expires() < over) {
			forget();
		}
		if (expires <= forgottenUntil || !spent.add(new Spent(expires, id))) {
			return false;
		}
		if (spent.size() > capacity) {
			forget();
		}
		return true;
	}

	private void forget() {
		forgottenUntil = spent.pollFirst().expires();
	}

	synchronized int size() {
		return spent.size();
	}
}
