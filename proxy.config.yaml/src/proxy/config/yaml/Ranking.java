package proxy.config.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives each of a list a number, the first the highest, with gaps between. Numbers given before stay wherever the order
 * allows it, so that what comes in between touches nothing else.
 */
final class Ranking {

	static final int FIRST = 1_000_000;
	static final int GAP = 1_000;

	private Ranking() {}

	static Map<String, Integer> of(List<String> order, Map<String, Integer> before) {
		Set<String> kept = longestInOrder(order, before);
		Map<String, Integer> ranking = new HashMap<>();
		List<String> waiting = new ArrayList<>();
		long above = kept.isEmpty() ? FIRST + GAP : Long.MAX_VALUE;
		for (String pid : order) {
			if (!kept.contains(pid)) {
				waiting.add(pid);
				continue;
			}
			if (!fill(waiting, above, before.get(pid), ranking)) {
				return of(order, Map.of());
			}
			above = before.get(pid);
			ranking.put(pid, before.get(pid));
		}
		return fill(waiting, above, Long.MIN_VALUE, ranking) ? ranking : of(order, Map.of());
	}

	/** Numbers those between two neighbours; false when there is no room. */
	private static boolean fill(List<String> waiting, long above, long below, Map<String, Integer> ranking) {
		int count = waiting.size();
		long step = above == Long.MAX_VALUE || below == Long.MIN_VALUE ? GAP : (above - below) / (count + 1);
		long top = above == Long.MAX_VALUE ? below + (count + 1L) * GAP : above;
		if (count > 0 && (step == 0 || top > Integer.MAX_VALUE || top - count * step < Integer.MIN_VALUE)) {
			return false;
		}
		for (int i = 0; i < count; i++) {
			ranking.put(waiting.get(i), (int) (top - (i + 1) * step));
		}
		waiting.clear();
		return true;
	}

	/** As many as can keep their numbers: a longest falling subsequence, found by binary search for each one's place (Fredman 1975). */
	private static Set<String> longestInOrder(List<String> order, Map<String, Integer> before) {
		List<String> numbered = order.stream().filter(before::containsKey).toList();
		int[] numbers = numbered.stream().mapToInt(before::get).toArray();
		int[] previous = new int[numbers.length];
		// of all sequences of length n + 1, the last one of that which ends with the highest number
		int[] ends = new int[numbers.length];
		int longest = 0;
		for (int i = 0; i < numbers.length; i++) {
			int low = 0;
			int high = longest;
			while (low < high) {
				int middle = (low + high) >>> 1;
				if (numbers[ends[middle]] > numbers[i]) {
					low = middle + 1;
				} else {
					high = middle;
				}
			}
			previous[i] = low == 0 ? -1 : ends[low - 1];
			ends[low] = i;
			longest = Math.max(longest, low + 1);
		}
		Set<String> kept = new HashSet<>();
		for (int i = longest == 0 ? -1 : ends[longest - 1]; i >= 0; i = previous[i]) {
			kept.add(numbered.get(i));
		}
		return kept;
	}
}
