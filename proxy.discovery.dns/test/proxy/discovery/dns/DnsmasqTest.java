package proxy.discovery.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxy.api.upstream.Resolution;
import proxy.fixtures.Await;
import proxy.fixtures.Ports;
import proxy.fixtures.Programs;
import proxy.fixtures.RecordedRuntime;

/** Against a name server that others have written. */
class DnsmasqTest {

	@TempDir
	Path folder;

	@Test
	void findsAddressesAliasesAndServices() throws Exception {
		Programs.require("dnsmasq");
		int port = Ports.free();
		Path settings = Files.writeString(folder.resolve("dnsmasq.conf"), """
				port=%d
				listen-address=127.0.0.1
				bind-interfaces
				no-resolv
				no-hosts
				local-ttl=7
				local=/test/
				address=/one.test/192.0.2.1
				address=/one.test/192.0.2.2
				cname=www.test,host.test
				host-record=host.test,192.0.2.3
				srv-host=_http._tcp.tracker.test,host.test,8080,5
				""".formatted(port));
		Process dnsmasq = new ProcessBuilder("dnsmasq", "--keep-in-foreground", "--conf-file=" + settings, "--user=root",
				"--pid-file=" + folder.resolve("pid"))
				.redirectErrorStream(true)
				.redirectOutput(folder.resolve("log").toFile())
				.start();
		DnsResolver resolver = new DnsResolver(new TestConfig("127.0.0.1:" + port), new RecordedRuntime(),
				folder.resolve("hosts"), folder.resolve("resolv.conf"));
		try {
			Await.until("dnsmasq listens", () -> {
				if (!dnsmasq.isAlive()) {
					throw new AssertionError(Files.readString(folder.resolve("log")));
				}
				return Ports.isOpen(port);
			});
			assertEquals(List.of("192.0.2.1:0", "192.0.2.2:0"), addresses(resolver, "one.test"));
			assertEquals(List.of("192.0.2.3:0"), addresses(resolver, "www.test"));
			assertEquals(List.of("192.0.2.3:8080"), addresses(resolver, "_http._tcp.tracker.test"));
			assertEquals(List.of(), addresses(resolver, "absent.test"));
			assertEquals(Duration.ofSeconds(7), answer(resolver, "one.test").validFor());
		} finally {
			resolver.stop();
			dnsmasq.destroy();
			dnsmasq.waitFor(10, TimeUnit.SECONDS);
		}
	}

	private static Resolution answer(DnsResolver resolver, String name) throws Exception {
		return resolver.resolve(name).toCompletableFuture().get(30, TimeUnit.SECONDS);
	}

	private static List<String> addresses(DnsResolver resolver, String name) throws Exception {
		return answer(resolver, name).addresses().stream()
				.map(found -> found.getAddress().getHostAddress() + ":" + found.getPort())
				.toList();
	}
}
