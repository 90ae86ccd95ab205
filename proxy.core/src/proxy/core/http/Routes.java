package proxy.core.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import proxy.core.http.RoutingTable.Route;

/**
 * A listener's routes in order. Those that say which hosts they are about are found by the request's host, so that the cost
 * of a request does not grow with the number of sites; the order among them and the others is kept. Immutable.
 */
final class Routes {

	private static final Place[] NO_PLACES = {};

	static final Routes NONE = new Routes(Map.of(), NO_PLACES);

	private final Map<String, Place[]> byHost;
	private final Place[] anyHost;

	private Routes(Map<String, Place[]> byHost, Place[] anyHost) {
		this.byHost = byHost;
		this.anyHost = anyHost;
	}

	static Routes of(Route... routes) {
		Map<String, List<Place>> byHost = new HashMap<>();
		List<Place> anyHost = new ArrayList<>();
		for (int order = 0; order < routes.length; order++) {
			Place place = new Place(order, routes[order]);
			Optional<Set<String>> hosts = routes[order].condition().hosts();
			if (hosts.isEmpty()) {
				anyHost.add(place);
			} else {
				hosts.get().forEach(host -> byHost.computeIfAbsent(host, unseen -> new ArrayList<>()).add(place));
			}
		}
		Map<String, Place[]> arrays = new HashMap<>();
		byHost.forEach((host, places) -> arrays.put(host, places.toArray(NO_PLACES)));
		return new Routes(arrays, anyHost.toArray(NO_PLACES));
	}

	/** The first route that matches; null when none does. The host is asked for only when a route depends on it. */
	Route first(Exchange exchange) {
		Place[] own = byHost.isEmpty() ? NO_PLACES : byHost.getOrDefault(exchange.facts().host(), NO_PLACES);
		int i = 0;
		int j = 0;
		while (i < own.length || j < anyHost.length) {
			boolean ownFirst = j == anyHost.length || i < own.length && own[i].order < anyHost[j].order;
			Route route = (ownFirst ? own[i++] : anyHost[j++]).route;
			if (Dispatcher.matches(route.condition(), exchange.facts(), exchange.loop(), route.name(), false)) {
				return route;
			}
		}
		return null;
	}

	private record Place(int order, Route route) {}
}
