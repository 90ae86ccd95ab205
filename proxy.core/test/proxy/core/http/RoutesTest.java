package proxy.core.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import proxy.api.rule.Condition;
import proxy.api.rule.RequestFacts;
import proxy.core.http.RoutingTable.Route;

class RoutesTest {

	private static final List<String> HOSTS = List.of("a", "b", "c", "");
	private static final String OCTETS = "/ab";

	private final Random random = new Random(1);

	/** What a request is for. */
	private record Asked(String host, String path) implements RequestFacts {

		@Override
		public String scheme() {
			return "http";
		}

		@Override
		public InetAddress clientAddress() {
			return InetAddress.getLoopbackAddress();
		}

		@Override
		public int clientPort() {
			return 1;
		}

		@Override
		public long clientAsn() {
			return 0;
		}

		@Override
		public String clientCountry() {
			return "XX";
		}

		@Override
		public String listener() {
			return "http";
		}

		@Override
		public String tlsVersion() {
			return "";
		}

		@Override
		public String tlsServerName() {
			return "";
		}
	}

	/** Of some hosts and beginnings of paths, and of those with an even length of the path only if told so. */
	private record Bounds(Optional<Set<String>> hosts, Optional<Set<String>> pathPrefixes, boolean even) implements Condition {

		@Override
		public boolean test(RequestFacts facts) {
			return (hosts.isEmpty() || hosts.get().contains(facts.host()))
					&& (pathPrefixes.isEmpty() || pathPrefixes.get().stream().anyMatch(facts.path()::startsWith))
					&& (!even || facts.path().length() % 2 == 0);
		}
	}

	private static Route route(String name, Condition condition) {
		return new Route(name, condition, exchange -> {}, new LoopCounter(1));
	}

	private static Route path(String... prefixes) {
		return route(List.of(prefixes).toString(), new Bounds(Optional.empty(), Optional.of(Set.of(prefixes)), false));
	}

	private static Route first(String path, Route... routes) {
		return Routes.of(routes).first(new Asked("host", path), null);
	}

	@Test
	void findsThePathsThatRoutesNameAndNoOthers() {
		Route a = path("/a/");
		Route b = path("/b", "/c");
		assertSame(a, first("/a/x", a, b));
		assertSame(b, first("/b", a, b));
		assertSame(b, first("/cc", a, b));
		assertNull(first("/a", a, b));
		assertNull(first("/d", a, b));
		assertNull(first("", a, b));
	}

	@Test
	void theFirstOfThoseThatMatchIsTakenNotTheLongest() {
		Route wide = path("/a");
		Route narrow = path("/a/b");
		Route any = route("any", Condition.ALWAYS);
		assertSame(wide, first("/a/b/c", wide, narrow));
		assertSame(narrow, first("/a/b/c", narrow, wide));
		assertSame(wide, first("/a/c", narrow, wide));
		assertSame(any, first("/a/b/c", any, narrow, wide));
		assertSame(any, first("/x", narrow, wide, any));
		assertSame(wide, first("/a/bc/", path("/a/bb"), path("/a/bd"), wide));
	}

	@Test
	void findsWhatAskingOneRouteAfterTheOtherFinds() {
		for (int table = 0; table < 500; table++) {
			Route[] routes = new Route[random.nextInt(12)];
			for (int i = 0; i < routes.length; i++) {
				routes[i] = route("route " + i, new Bounds(
						random.nextInt(3) == 0 ? Optional.of(some(HOSTS)) : Optional.empty(),
						random.nextInt(3) > 0 ? Optional.of(some(List.of(anyPath(), anyPath(), anyPath()))) : Optional.empty(),
						random.nextInt(3) == 0));
			}
			Routes indexed = Routes.of(routes);
			for (int request = 0; request < 50; request++) {
				Asked asked = new Asked(HOSTS.get(random.nextInt(HOSTS.size())), anyPath());
				assertEquals(scanned(routes, asked), indexed.first(asked, null), () -> asked + " of " + List.of(routes));
			}
		}
	}

	private static Route scanned(Route[] routes, Asked asked) {
		for (Route route : routes) {
			if (route.condition().test(asked)) {
				return route;
			}
		}
		return null;
	}

	private Set<String> some(List<String> all) {
		List<String> some = new ArrayList<>(all);
		some.removeIf(unlucky -> random.nextBoolean());
		return new HashSet<>(some);
	}

	private String anyPath() {
		StringBuilder path = new StringBuilder();
		for (int length = random.nextInt(6); length > 0; length--) {
			path.append(OCTETS.charAt(random.nextInt(OCTETS.length())));
		}
		return path.toString();
	}
}
