package proxy.rules.value;

import java.util.ArrayList;
import java.util.List;

/** Looks for several texts at once: somewhere, at the start, at the end, or as the whole. */
final class LiteralSearch {

	private final boolean ignoreCase;
	private final Place[] anchored;
	/** Null when nothing is looked for just anywhere. */
	private final WordAutomaton anywhere;

	private record Place(boolean fromStart, String text, boolean toEnd) {

		boolean isIn(String all, boolean ignoreCase) {
			int from = fromStart ? 0 : all.length() - text.length();
			boolean fits = fromStart && toEnd ? all.length() == text.length() : from >= 0;
			return fits && all.regionMatches(ignoreCase, from, text, 0, text.length());
		}
	}

	static final class Builder {

		private final boolean ignoreCase;
		private final List<Place> anchored = new ArrayList<>();
		private final List<String> words = new ArrayList<>();

		Builder(boolean ignoreCase) {
			this.ignoreCase = ignoreCase;
		}

		/** @param text ASCII */
		void add(boolean fromStart, String text, boolean toEnd) {
			if (fromStart || toEnd) {
				anchored.add(new Place(fromStart, text, toEnd));
			} else {
				words.add(text);
			}
		}

		LiteralSearch build() {
			return new LiteralSearch(this);
		}
	}

	private LiteralSearch(Builder builder) {
		ignoreCase = builder.ignoreCase;
		anchored = builder.anchored.toArray(Place[]::new);
		anywhere = builder.words.isEmpty() ? null : new WordAutomaton(builder.words, ignoreCase);
	}

	/** Beyond ASCII, ignoring case is not for us: a K may be the Kelvin sign there. */
	boolean canSearch(String text) {
		if (ignoreCase) {
			for (int i = 0; i < text.length(); i++) {
				if (text.charAt(i) >= 0x80) {
					return false;
				}
			}
		}
		return true;
	}

	boolean isIn(String text) {
		for (Place place : anchored) {
			if (place.isIn(text, ignoreCase)) {
				return true;
			}
		}
		return anywhere != null && anywhere.findsAny(text);
	}
}
