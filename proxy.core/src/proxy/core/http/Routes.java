package proxy.core.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import proxy.api.rule.RequestFacts;
import proxy.api.transport.EventLoop;
import proxy.core.http.PathIndex.Place;
import proxy.core.http.RoutingTable.Route;

/**
 * A listener's routes in order. Those that say which hosts they are about are found by the request's host, then by its path,
 * so that the cost of a request does not grow with the number of sites; the order among them and the others is kept.
 * Immutable.
 */
final class Routes {

	static final Routes NONE = of();

	private final Map<String, PathIndex> byHost = new HashMap<>();
	private final PathIndex anyHost;

	private Routes(Map<String, List<Place>> byHost, List<Place> anyHost) {
		byHost.forEach((host, places) -> this.byHost.put(host, PathIndex.of(places)));
		this.anyHost = PathIndex.of(anyHost);
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
		return new Routes(byHost, anyHost);
	}

	/** The first route that matches; null when none does. The host is asked for only when a route depends on it. */
	Route first(RequestFacts facts, EventLoop loop) {
		Place[] own = byHost.isEmpty()
				? PathIndex.NO_PLACES
				: byHost.getOrDefault(facts.host(), PathIndex.NONE).candidates(facts);
		Place[] any = anyHost.candidates(facts);
		int i = 0;
		int j = 0;
		while (i < own.length || j < any.length) {
			boolean ownFirst = j == any.length || i < own.length && own[i].order() < any[j].order();
			Route route = (ownFirst ? own[i++] : any[j++]).route();
			if (Dispatcher.matches(route.condition(), facts, loop, route.name(), false)) {
				return route;
			}
		}
		return null;
	}
}
