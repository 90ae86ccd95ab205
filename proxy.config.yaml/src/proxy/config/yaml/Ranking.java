package proxy.config.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives each of a list a number, the first the highest, with gaps between. Numbers given before stay wherever the order
 * allows it, so that what comes in between touches nothing else.
 */
final class Ranking {

	static final int FIRST = 1_000_000;
	static final int GAP = 1_000;

	private Ranking() {}

	static Map<String, Integer> of(List<String> order, Map<String, Integer> before) {
		List<String> kept = longestInOrder(order, before);
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

	private static List<String> longestInOrder(List<String> order, Map<String, Integer> before) {
		List<String> numbered = order.stream().filter(before::containsKey).toList();
		int[] length = new int[numbered.size()];
		int[] previous = new int[numbered.size()];
		int last = -1;
		for (int i = 0; i < numbered.size(); i++) {
			length[i] = 1;
			previous[i] = -1;
			for (int j = 0; j < i; j++) {
				if (before.get(numbered.get(j)) > before.get(numbered.get(i)) && length[j] + 1 > length[i]) {
					length[i] = length[j] + 1;
					previous[i] = j;
				}
			}
			last = last < 0 || length[i] > length[last] ? i : last;
		}
		List<String> kept = new ArrayList<>();
		for (int i = last; i >= 0; i = previous[i]) {
			kept.add(0, numbered.get(i));
		}
		return kept;
	}
}
