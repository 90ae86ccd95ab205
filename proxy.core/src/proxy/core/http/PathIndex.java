package proxy.core.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import proxy.api.rule.RequestFacts;
import proxy.core.http.RoutingTable.Route;

/**
 * Routes in order. Those that say how the paths that they are about begin are found by the request's path: of all beginnings
 * that are named, the last in alphabetical order that is not behind the path either begins it, or begins with the one that
 * does. Immutable.
 */
final class PathIndex {

	/** A route, and how many are in front of it. */
	record Place(int order, Route route) {}

	static final Place[] NO_PLACES = {};

	static final PathIndex NONE = of(List.of());

	/** In alphabetical order. */
	private final String[] prefixes;
	/** For each prefix the place of the longest other one that it begins with, or -1. */
	private final int[] shorter;
	/** For each prefix the routes that may match where no longer one begins the path. */
	private final Place[][] places;
	/** The routes that may match any path. */
	private final Place[] anyPath;

	private PathIndex(TreeMap<String, List<Place>> byPrefix, Place[] anyPath) {
		this.anyPath = anyPath;
		prefixes = byPrefix.keySet().toArray(String[]::new);
		shorter = new int[prefixes.length];
		places = new Place[prefixes.length][];
		for (int i = 0; i < prefixes.length; i++) {
			shorter[i] = longest(prefixes[i], i - 1);
			Place[] inherited = shorter[i] < 0 ? anyPath : places[shorter[i]];
			places[i] = Stream.concat(Arrays.stream(inherited), byPrefix.get(prefixes[i]).stream())
					.distinct()
					.sorted(Comparator.comparingInt(Place::order))
					.toArray(Place[]::new);
		}
	}

	/** @param places in order */
	static PathIndex of(List<Place> places) {
		TreeMap<String, List<Place>> byPrefix = new TreeMap<>();
		List<Place> anyPath = new ArrayList<>();
		for (Place place : places) {
			Optional<Set<String>> bound = place.route.condition().pathPrefixes();
			if (bound.isEmpty()) {
				anyPath.add(place);
			} else {
				bound.get().forEach(prefix -> byPrefix.computeIfAbsent(prefix, unseen -> new ArrayList<>()).add(place));
			}
		}
		return new PathIndex(byPrefix, anyPath.toArray(NO_PLACES));
	}

	/** The routes that may match, in order. The path is asked for only when a route depends on it. */
	Place[] candidates(RequestFacts facts) {
		if (prefixes.length == 0) {
			return anyPath;
		}
		String path = facts.path();
		int found = Arrays.binarySearch(prefixes, path);
		int prefix = longest(path, found >= 0 ? found : -found - 2);
		return prefix < 0 ? anyPath : places[prefix];
	}

	/** The longest prefix that the text begins with, at this place or in front of it; -1 when there is none. */
	private int longest(String text, int from) {
		int at = from;
		while (at >= 0 && !text.startsWith(prefixes[at])) {
			at = shorter[at];
		}
		return at;
	}
}
