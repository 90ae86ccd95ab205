package proxy.discovery.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import proxy.api.upstream.Resolution;
import proxy.fixtures.NameServer;
import proxy.fixtures.Pingoo;
import proxy.fixtures.RecordedRuntime;

class DnsResolverTest {

	@TempDir
	Path folder;

	private final RecordedRuntime runtime = new RecordedRuntime();
	private NameServer server;
	private NameServer second;
	private DnsResolver resolver;

	@BeforeEach
	void open() throws Exception {
		server = new NameServer();
		second = new NameServer();
		Files.writeString(folder.resolve("hosts"), "");
		Files.writeString(folder.resolve("resolv.conf"), "");
		use(server.address());
	}

	@AfterEach
	void close() {
		resolver.stop();
		server.close();
		second.close();
	}

	/** An answer that comes in that moment would have the next name asked for, by a client that is just being closed. */
	@Test
	void stopsWhileAnswersComeThatLeadToOtherQuestions() throws Exception {
		Files.writeString(folder.resolve("resolv.conf"), "search one.test two.test three.test\n");
		for (int i = 0; i < 2_000; i++) {
			DnsResolver stopping = new DnsResolver(
					new TestConfig(server.address()), runtime, folder.resolve("hosts"), folder.resolve("resolv.conf"));
			CompletableFuture<Resolution> asked = stopping.resolve("a" + i).toCompletableFuture();
			LockSupport.parkNanos(i % 200 * 5_000);
			CompletableFuture.runAsync(stopping::stop).get(30, TimeUnit.SECONDS);
			asked.handle((found, failed) -> found).get(30, TimeUnit.SECONDS);
		}
	}

	@Test
	@Pingoo("dns.families")
	void findsAddressesOfBothKindsIpv4First() throws Exception {
		server.addresses("a.test", 5, "2001:db8::2", "192.0.2.2", "192.0.2.1");
		List<String> found = resolve("A.test");
		assertEquals(List.of("192.0.2.1:0", "192.0.2.2:0"), found.subList(0, 2));
		assertTrue(found.size() == 2 || found.get(2).equals("2001:db8:0:0:0:0:0:2:0"), found::toString);
		assertTrue(server.asked().containsAll(List.of("a.test A", "a.test AAAA")), () -> server.asked().toString());
	}

	@Test
	void findsIpv6WhereThereIsNothingElse() throws Exception {
		server.addresses("six.test", 5, "2001:db8::2");
		assertEquals(List.of("2001:db8:0:0:0:0:0:2:0"), resolve("six.test"));
	}

	@ParameterizedTest
	@CsvSource({"0, 1000", "1, 1000", "5, 5000", "600, 10000"})
	@Pingoo("dns.ttl")
	void isValidAsLongAsTheTtlWithinLimits(long seconds, long millis) throws Exception {
		server.addresses("a.test", seconds, "192.0.2.1");
		assertEquals(Duration.ofMillis(millis), answer("a.test").validFor());
	}

	@Test
	@Pingoo("dns.negative")
	void anAbsentNameIsAskedForAgainAfterASecond() throws Exception {
		Resolution absent = answer("absent.test");
		assertEquals(List.of(), absent.addresses());
		assertEquals(Duration.ofSeconds(1), absent.validFor());
	}

	@Test
	void aNameWithoutAddressesIsAbsent() throws Exception {
		server.services("a.test", 5, "0 0 80 b.test");
		assertEquals(List.of(), answer("a.test").addresses());
	}

	@Test
	void followsAliases() throws Exception {
		server.alias("www.test", 3, "origin.test").alias("origin.test", 9, "a.test").addresses("a.test", 9, "192.0.2.1");
		assertEquals(List.of("192.0.2.1:0"), resolve("www.test"));
		assertEquals(Duration.ofSeconds(3), answer("www.test").validFor());
	}

	@Test
	void endsWhereAliasesGoInCircles() {
		server.alias("one.test", 3, "two.test").alias("two.test", 9, "one.test");
		assertEquals("one.test. is an alias of an alias, and so on", failure("one.test"));
	}

	@Test
	void takesTheServicesOfTheSmallestPriorityWithTheirPorts() throws Exception {
		server.services("_http._tcp.tracker.test", 4, "10 1 8081 one.test", "10 9 8082 two.test", "20 0 8083 three.test")
				.addresses("one.test", 9, "192.0.2.1")
				.addresses("two.test", 9, "192.0.2.2")
				.addresses("three.test", 9, "192.0.2.3");
		assertEquals(List.of("192.0.2.1:8081", "192.0.2.2:8082"), resolve("_http._tcp.tracker.test"));
		Resolution answer = answer("_http._tcp.tracker.test");
		assertEquals("one.test", answer.addresses().get(0).getHostString());
		assertEquals(Duration.ofSeconds(4), answer.validFor());
		server.remove("one.test").remove("two.test");
		assertEquals(List.of("192.0.2.3:8083"), resolve("_http._tcp.tracker.test"));
	}

	@Test
	void aServiceThatIsDecidedlyNotOfferedHasNoAddresses() throws Exception {
		server.services("_http._tcp.tracker.test", 4, "0 0 0 .");
		assertEquals(List.of(), resolve("_http._tcp.tracker.test"));
	}

	@Test
	void asksOverTcpWhenAnAnswerIsTooLong() throws Exception {
		String[] many = new String[200];
		for (int i = 0; i < many.length; i++) {
			many[i] = "192.0.2." + i;
		}
		server.addresses("many.test", 5, many).truncating(true);
		assertEquals(200, resolve("many.test").size());
	}

	@Test
	void asksTheNextServerWhenOneFailsOrIsSilent() throws Exception {
		use(server.address(), second.address());
		second.addresses("a.test", 5, "192.0.2.1");
		server.failing(2);
		assertEquals(List.of("192.0.2.1:0"), resolve("a.test"));
		server.failing(0).silent(true);
		assertEquals(List.of("192.0.2.1:0"), resolve("a.test"));
	}

	@Test
	@Pingoo("dns.failure")
	void aFailureIsNoAnswer() {
		String name = "name server 127.0.0.1 port " + server.port();
		server.failing(2);
		assertEquals(name + " answers SERVFAIL", failure("a.test"));
		server.failing(0).silent(true);
		assertEquals(name + " does not answer", failure("a.test"));
		server.close();
		assertEquals(name + " does not answer", failure("a.test"));
	}

	@Test
	@Pingoo("dns.parallel")
	void aNameThatNobodyAnswersForDoesNotHoldUpTheOthers() throws Exception {
		use(second.address());
		second.silent(true);
		CompletableFuture<Resolution> slow = resolver.resolve("slow.test").toCompletableFuture();
		TestConfig other = config(server.address());
		resolver.modified(other);
		List<CompletableFuture<Resolution>> all = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			server.addresses("n" + i + ".test", 5, "192.0.2." + i);
			all.add(resolver.resolve("n" + i + ".test").toCompletableFuture());
		}
		for (CompletableFuture<Resolution> one : all) {
			assertEquals(1, one.get(30, TimeUnit.SECONDS).addresses().size());
		}
		assertThrows(ExecutionException.class, () -> slow.get(30, TimeUnit.SECONDS));
	}

	@Test
	@Pingoo("dns.localhost")
	void knowsLocalhostWithoutAskingAnybody() throws Exception {
		Files.writeString(folder.resolve("hosts"), "127.0.0.1 localhost\n::1 localhost\n");
		assertEquals(List.of("127.0.0.1:0"), resolve("localhost"));
		assertEquals(List.of("127.0.0.1:0"), resolve("tracker.localhost"));
		assertEquals(List.of(), server.asked());
	}

	@Test
	void theHostsFileComesFirstAndIsReadAgain() throws Exception {
		server.addresses("a.test", 5, "192.0.2.1");
		assertEquals(List.of("192.0.2.1:0"), resolve("a.test"));
		replace("hosts", "# ours\n10.0.0.1 other A.Test # comment\n10.0.0.2\ta.test\nnonsense a.test\n");
		assertEquals(List.of("10.0.0.1:0", "10.0.0.2:0"), resolve("a.test"));
		replace("hosts", "10.0.0.3 a.test\n");
		assertEquals(List.of("10.0.0.3:0"), resolve("a.test"));
	}

	@Test
	void triesSearchDomainsAsTheSystemDoes() throws Exception {
		replace("resolv.conf", "search one.internal two.internal\noptions ndots:2\n");
		server.addresses("tracker.two.internal", 5, "192.0.2.1").addresses("a.b", 5, "192.0.2.2").addresses("a.b.two.internal", 5, "192.0.2.3");
		assertEquals(List.of("192.0.2.1:0"), resolve("tracker"));
		assertTrue(server.asked().contains("tracker.one.internal A"), () -> server.asked().toString());
		assertEquals(List.of("192.0.2.3:0"), resolve("a.b"));
		assertEquals(List.of("192.0.2.2:0"), resolve("a.b."));
		replace("resolv.conf", "search one.internal two.internal\n");
		assertEquals(List.of("192.0.2.2:0"), resolve("a.b"));
	}

	@Test
	void aSearchDomainThatFailsDoesNotHideTheOthers() throws Exception {
		replace("resolv.conf", "search broken.internal two.internal\n");
		server.failing("tracker.broken.internal", 2).failing("gone.broken.internal", 2).addresses("tracker.two.internal", 5, "192.0.2.1");
		assertEquals(List.of("192.0.2.1:0"), resolve("tracker"));
		assertEquals("name server 127.0.0.1 port " + server.port() + " answers SERVFAIL", failure("gone"));
	}

	@ParameterizedTest
	@ValueSource(strings = {"10.0.0.999", "dns.example", "[::1]:0", ""})
	void saysWhichServerIsNoAddressAndGoesOnWithTheSettingsBefore(String wrong) throws Exception {
		server.addresses("a.test", 5, "192.0.2.1");
		resolver.modified(config(wrong));
		assertEquals("service_discovery.dns.servers: '" + wrong + "' is not an IP address, nor one with a port such as"
				+ " 10.0.0.53:5353 or [::1]:53", runtime.problems().get(0).toString());
		assertEquals(List.of("192.0.2.1:0"), resolve("a.test"));
		resolver.modified(config(server.address()));
		assertEquals(List.of(), runtime.problems());
	}

	@Test
	void saysThatLimitsAreWrong() {
		TestConfig config = config();
		config.maxTtl = 500;
		resolver.modified(config);
		assertEquals("service_discovery.dns.max_ttl_ms: 500 is less than min_ttl_ms, which is 1000", runtime.problems().get(0).toString());
		TestConfig other = config();
		other.timeout = 0;
		resolver.modified(other);
		assertTrue(runtime.problems().toString().contains("service_discovery.dns.timeout_ms: 0 is less than 100"), runtime.problems()::toString);
	}

	private TestConfig config(String... servers) {
		TestConfig config = new TestConfig(servers);
		config.timeout = 300;
		return config;
	}

	private void use(String... servers) {
		if (resolver == null) {
			resolver = new DnsResolver(config(servers), runtime, folder.resolve("hosts"), folder.resolve("resolv.conf"));
		} else {
			resolver.modified(config(servers));
		}
	}

	private void replace(String file, String text) throws Exception {
		Path next = Files.writeString(folder.resolve(file + ".new"), text);
		Files.move(next, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE);
	}

	private Resolution answer(String name) throws Exception {
		return resolver.resolve(name).toCompletableFuture().get(30, TimeUnit.SECONDS);
	}

	private List<String> resolve(String name) throws Exception {
		return answer(name).addresses().stream()
				.map(found -> found.getAddress().getHostAddress() + ":" + found.getPort())
				.toList();
	}

	private String failure(String name) {
		return assertThrows(ExecutionException.class, () -> answer(name)).getCause().getMessage();
	}
}
