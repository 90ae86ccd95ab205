package proxy.config.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that was probably meant. */
final class Spelling {

	private Spelling() {}

	/** ", did you mean 'x'?", or the known words when they are few, or "". */
	static String hint(String word, Collection<String> known) {
		Optional<String> meant = closest(word, known);
		if (meant.isPresent()) {
			return ", did you mean '" + meant.get() + "'?";
		}
		if (known.isEmpty() || known.size() > 12) {
			return "";
		}
		return known.size() == 1
				? "; the only one here is '" + known.iterator().next() + "'"
				: "; known here: " + String.join(", ", known);
	}

	static Optional<String> closest(String word, Collection<String> known) {
		String wanted = plain(word);
		int limit = Math.max(1, wanted.length() / 3);
		return known.stream()
				.filter(candidate -> distance(wanted, plain(candidate)) <= limit)
				.min(Comparator.comparingInt(candidate -> distance(wanted, plain(candidate))));
	}

	private static String plain(String word) {
		return word.toLowerCase(Locale.ROOT).replace('-', '_').replace('.', '_');
	}

	/** Insertions, deletions, replacements and swaps of neighbours that make one word the other. */
	private static int distance(String one, String other) {
		int[][] cost = new int[one.length() + 1][other.length() + 1];
		for (int i = 0; i <= one.length(); i++) {
			for (int j = 0; j <= other.length(); j++) {
				cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, one, other, i, j);
			}
		}
		return cost[one.length()][other.length()];
	}

	private static int cheapest(int[][] cost, String one, String other, int i, int j) {
		boolean same = one.charAt(i - 1) == other.charAt(j - 1);
		int least = Math.min(cost[i - 1][j - 1] + (same ? 0 : 1), Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
		boolean swapped = i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1);
		return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
	}
}
