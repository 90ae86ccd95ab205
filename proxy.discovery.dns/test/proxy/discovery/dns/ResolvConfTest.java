package proxy.discovery.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResolvConfTest {

	@Test
	void readsServersSearchDomainsAndDots() {
		ResolvConf conf = ResolvConf.parse(List.of(
				"# made by somebody", "nameserver 127.0.0.11", "nameserver fe80::1%1", "nameserver nonsense", "",
				"domain ignored.example", "search a.example b.example", "options edns0 ndots:5 timeout:1", "sortlist 1.2.3.4"));
		assertEquals(2, conf.servers().size());
		assertEquals(new InetSocketAddress("127.0.0.11", 53), conf.servers().get(0));
		assertEquals(List.of("a.example", "b.example"), conf.search());
		assertEquals(5, conf.dots());
	}

	@Test
	void hasTheDefaultsOfTheSystem() {
		assertEquals(new ResolvConf(List.of(new InetSocketAddress("127.0.0.1", 53)), List.of(), 1), ResolvConf.parse(List.of()));
	}

	/** So says systemd-resolved where there are none. */
	@Test
	void takesTheRootForNoSearchDomain() {
		assertEquals(List.of("web.", "web."), ResolvConf.parse(List.of("search .")).candidates("web"));
	}

	@Test
	void ordersWhatANameMayStandFor() {
		ResolvConf conf = ResolvConf.parse(List.of("search a.example b.example."));
		assertEquals(List.of("web.a.example.", "web.b.example.", "web."), conf.candidates("web"));
		assertEquals(List.of("web.test.", "web.test.a.example.", "web.test.b.example."), conf.candidates("web.test"));
		assertEquals(List.of("web."), conf.candidates("web."));
		assertEquals(List.of("web.", "web.a.example."), ResolvConf.parse(List.of("search a.example", "options ndots:0")).candidates("web"));
	}
}
