package proxy.upstream.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import proxy.api.upstream.NameDirectory;
import proxy.api.upstream.Upstream;
import proxy.fixtures.Pingoo;

class UpstreamsTest {

	private final Names names = new Names();
	private final List<Upstream> discovered = new ArrayList<>();
	private final Upstreams upstreams =
			new Upstreams("db", names, service -> service.equals("db") ? discovered : List.of(), available -> available.get(0));

	/** Names that stand for what the test says. */
	private static final class Names implements NameDirectory {

		private final Map<String, List<InetSocketAddress>> addresses = new HashMap<>();
		private final Map<String, Runnable> watches = new HashMap<>();
		private int refreshed;

		void are(String name, String... found) {
			addresses.put(name, List.of(found).stream().map(address -> new InetSocketAddress(literal(address), 0)).toList());
			if (watches.containsKey(name)) {
				watches.get(name).run();
			}
		}

		private static InetAddress literal(String address) {
			return new InetSocketAddress(address, 0).getAddress();
		}

		@Override
		public Watch watch(String name, Runnable changed) {
			watches.put(name, changed);
			return new Watch() {

				@Override
				public List<InetSocketAddress> addresses() {
					return addresses.getOrDefault(name, List.of());
				}

				@Override
				public void await(long millis) {}

				@Override
				public void refresh() {
					refreshed++;
				}

				@Override
				public void close() {
					watches.remove(name);
				}
			};
		}
	}

	private static Upstream upstream(String name, String address, int port) {
		return new Upstream(name, new InetSocketAddress(address, port));
	}

	@Test
	@Pingoo("dns.together")
	void everyAddressOfANameIsAnUpstreamAndSoIsWhatIsDiscovered() {
		names.are("a", "192.0.2.1", "192.0.2.2");
		upstreams.use(List.of(new UpstreamAddress("a", 5432)));
		discovered.add(upstream("found", "192.0.2.3", 1));
		List<Upstream> tried = new ArrayList<>();
		for (Upstream next = upstreams.choose(tried); next != null; next = upstreams.choose(tried)) {
			tried.add(next);
		}
		assertEquals(List.of(upstream("a:5432", "192.0.2.1", 5432), upstream("a:5432", "192.0.2.2", 5432), discovered.get(0)), tried);
	}

	@Test
	void aNameIsFollowed() {
		upstreams.use(List.of(new UpstreamAddress("a", 1)));
		assertNull(upstreams.choose(List.of()));
		names.are("a", "192.0.2.1");
		assertEquals(upstream("a:1", "192.0.2.1", 1), upstreams.choose(List.of()));
		names.are("a", "192.0.2.2");
		assertEquals(upstream("a:1", "192.0.2.2", 1), upstreams.choose(List.of()));
	}

	@Test
	void namesThatAreNotWantedAnyMoreAreLetGo() {
		upstreams.use(List.of(new UpstreamAddress("a", 1), new UpstreamAddress("b", 1)));
		upstreams.use(List.of(new UpstreamAddress("b", 1), new UpstreamAddress("c", 1)));
		assertEquals(Set.of("b", "c"), names.watches.keySet());
		upstreams.close();
		assertTrue(names.watches.isEmpty());
	}

	@Test
	void namesAreLookedUpAgainWhenAnUpstreamCannotBeReached() {
		upstreams.use(List.of(new UpstreamAddress("a", 1)));
		upstreams.unreachable();
		assertEquals(1, names.refreshed);
	}
}
