package proxy.rules.compile;

import java.util.Collection;
import java.util.Locale;

/** Guesses which known name was meant. */
public final class Suggestion {

	private Suggestion() {}

	/**
	 * {@code ", did you mean 'host'?"}, or "" when no known name is near.
	 *
	 * @param known what comes behind its last dot counts alone
	 */
	public static String of(String written, Collection<String> known) {
		String best = null;
		int bestDistance = 1 + Math.max(1, written.length() / 3);
		for (String name : known) {
			int distance = distance(plain(written), plain(name.substring(name.lastIndexOf('.') + 1)));
			if (distance < bestDistance) {
				best = name;
				bestDistance = distance;
			}
		}
		return best == null ? "" : ", did you mean '" + best + "'?";
	}

	/** startsWith, starts-with and starts_with are the same mistake. */
	private static String plain(String name) {
		return name.toLowerCase(Locale.ROOT).replaceAll("[_-]", "");
	}

	/** The number of characters to insert, remove, replace or swap with their neighbour. */
	private static int distance(String a, String b) {
		int[][] d = new int[a.length() + 1][b.length() + 1];
		for (int i = 0; i <= a.length(); i++) {
			for (int j = 0; j <= b.length(); j++) {
				if (i == 0 || j == 0) {
					d[i][j] = i + j;
					continue;
				}
				int replace = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
				d[i][j] = Math.min(replace, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
				if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
					d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
				}
			}
		}
		return d[a.length()][b.length()];
	}
}
