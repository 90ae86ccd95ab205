package proxy.tls.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jose4j.json.JsonUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxy.api.listener.Listener;
import proxy.api.tls.TlsIdentity;
import proxy.fixtures.Await;
import proxy.fixtures.FaultyCa;
import proxy.fixtures.FaultyCa.Answer;
import proxy.fixtures.Pebble;
import proxy.fixtures.Pingoo;
import proxy.fixtures.Ports;
import proxy.fixtures.RecordedRuntime;
import proxy.fixtures.TestCa;
import proxy.pem.CertificateNames;
import proxy.pem.IdentityFolder;

/** Orders from a real authority that really validates. */
class PebbleTest {

	private static final Listener HTTPS = new TestListener("https");

	@TempDir
	Path folder;

	private final RecordedRuntime runtime = new RecordedRuntime();
	private final int httpPort = Ports.free();
	private ChallengeServer server;
	private Pebble pebble;
	private FaultyCa faulty;
	private AcmeCertificates acme;

	@BeforeEach
	void open() throws Exception {
		pebble = null;
		server = new ChallengeServer();
		pebble = new Pebble(server.port(), httpPort);
	}

	@AfterEach
	void close() throws Exception {
		if (acme != null) {
			acme.stop();
		}
		if (faulty != null) {
			faulty.close();
		}
		if (pebble != null) {
			pebble.close();
		}
		server.close();
	}

	@Test
	@Pingoo({"acme.one-per-domain", "acme.chain"})
	void obtainsACertificateServesItAndStoresIt() throws Exception {
		pebble.start();
		begin("one.test", "two.test");
		awaitCertificate("one.test");
		awaitCertificate("two.test");

		List<X509Certificate> chain = acme.identity("one.test").chain();
		chain.get(0).verify(chain.get(1).getPublicKey());
		chain.get(chain.size() - 1).verify(pebble.root().getPublicKey());
		assertEquals("EC", chain.get(0).getPublicKey().getAlgorithm());
		assertNull(acme.identity("three.test"));
		assertNull(acme.identity(""));
		assertNull(acme.challengeCertificate("one.test"), "the challenge is over");
		Await.until("both are stored", () -> files().size() == 7);
		assertTrue(pebble.output().contains("set VALID by completed challenge"), pebble.output());

		assertEquals(
				List.of(".acme.lock", "acme-history.json", "acme.json", "one.test.key", "one.test.pem", "two.test.key", "two.test.pem"), files());
		for (String file : files()) {
			assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))));
		}
		assertEquals(chain, new IdentityFolder(folder).load("one.test").chain());
		assertEquals(List.of(), runtime.problems());
	}

	@ParameterizedTest
	@ValueSource(ints = {15, 50})
	void goesOnWhenNoncesAreRefused(int percent) throws Exception {
		pebble.refusingNonces(percent).start();
		begin("one.test", "two.test", "three.test");
		for (String domain : List.of("one.test", "two.test", "three.test")) {
			awaitCertificate(domain);
		}
	}

	@Test
	void obtainsARsaCertificateForTheDefaultDomain() throws Exception {
		pebble.start();
		TestConfig config = config("one.test");
		config.keyType = "rsa";
		config.defaultDomain = "one.test";
		config.contact = new String[] {"admin@example.com"};
		begin(config);
		awaitCertificate("one.test");
		assertEquals("RSA", acme.identity("one.test").leaf().getPublicKey().getAlgorithm());
		assertEquals(acme.identity("one.test"), acme.identity(""));
	}

	@Test
	void obtainsACertificateForAnAddress() throws Exception {
		pebble.start();
		begin("127.0.0.1");
		awaitCertificate("127.0.0.1");
	}

	@Test
	void answersHttpChallengesWhenThatIsConfigured() throws Exception {
		HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), httpPort), 10);
		http.createContext("/.well-known/acme-challenge/", exchange -> {
			String token = exchange.getRequestURI().getPath().replaceAll(".*/", "");
			byte[] body = acme.keyAuthorization(token).getBytes();
			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		http.start();
		try {
			pebble.start();
			TestConfig config = config("one.test");
			config.challenge = "http-01";
			begin(config);
			acme.addListener(new TestListener("http"));
			awaitCertificate("one.test");
		} finally {
			http.stop(0);
		}
		assertNull(acme.keyAuthorization("anything"));
	}

	@Test
	void waitsForAListenerBeforeItOrders() throws Exception {
		pebble.start();
		faulty = new FaultyCa(pebble);
		acme = new AcmeCertificates(folder, TestConfig.of(faulty.directory(), pebble.caFile(), "one.test"), runtime);
		server.ask(acme);
		acme.addListener(new TestListener("tcp"));
		acme.modified(TestConfig.of(faulty.directory(), pebble.caFile(), "one.test"));
		assertEquals(List.of(), faulty.requests());

		acme.addListener(HTTPS);
		awaitCertificate("one.test");
	}

	@Test
	@Pingoo("acme.offline")
	void obtainsTheCertificateSoonAfterTheAuthorityIsThere() throws Exception {
		begin("one.test");
		Await.until("the absence is a problem", () -> runtime.problems().size() == 1);
		assertEquals(
				"tls.acme.directory_url: the authority cannot be reached: the connection is refused; there is no certificate yet for one.test",
				runtime.problems().get(0).toString());
		pebble.start();
		awaitCertificate("one.test");
		awaitNoProblems();
	}

	@Test
	@Pingoo("acme.offline")
	void servesWhatIsStoredWithoutTheAuthority() throws Exception {
		TestCa.write(folder, "one.test", new TestCa().issue("one.test"));
		begin("one.test", "two.test");
		assertEquals(List.of("one.test"), List.copyOf(CertificateNames.of(acme.identity("one.test").leaf())));
		assertNull(acme.identity("two.test"));
	}

	@Test
	@Pingoo("acme.again")
	void goesOnAfterTheAuthorityAnswered500() throws Exception {
		pebble.start();
		faulty = new FaultyCa(pebble).answering(request -> Answer.of(500));
		begin(TestConfig.of(faulty.directory(), pebble.caFile(), "one.test", "two.test"));
		Await.until("the trouble is told", () -> runtime.problems().size() > 0);
		assertTrue(
				runtime.problems().get(0).reason().contains("the authority cannot serve now: it answered with the status 500"),
				runtime.problems().get(0).reason());
		faulty.answering(request -> null);
		awaitCertificate("one.test");
		awaitCertificate("two.test");
		awaitNoProblems();
	}

	@ParameterizedTest
	@ValueSource(strings = {"GET /dir", "POST /order-plz", "POST /finalize-order/", "POST /certZ/"})
	void goesOnAfterNonsenseAtAnyStep(String step) throws Exception {
		pebble.start();
		boolean[] failed = {false};
		faulty = new FaultyCa(pebble).answering(request -> {
			if (request.startsWith(step) && !failed[0]) {
				failed[0] = true;
				return step.equals("POST /order-plz")
						? Answer.json("{\"status\":\"pend")
						: new Answer(200, Map.of("Content-Type", "text/html"), "<html>Welcome to our new web site");
			}
			return null;
		});
		begin(TestConfig.of(faulty.directory(), pebble.caFile(), "one.test"));
		awaitCertificate("one.test");
		assertTrue(failed[0], "the step was taken: " + faulty.requests());
		awaitNoProblems();
	}

	@Test
	void waitsAsLongAsARateLimitSays() throws Exception {
		pebble.start();
		faulty = new FaultyCa(pebble).answering(request -> request.equals("POST /order-plz")
				? Answer.problem(429, "rateLimited", "too many", Map.of("Retry-After", "3600"))
				: null);
		begin(TestConfig.of(faulty.directory(), pebble.caFile(), "one.test"));
		Await.until("the trouble is told", () -> runtime.problems().size() == 1);
		assertEquals(
				"no certificate yet: too many requests, says the authority: too many", runtime.problems().get(0).reason());
		assertEquals(1, orders());
	}

	@Test
	void registersAgainWithTheSameKeyWhenTheAuthorityHasForgottenTheAccount() throws Exception {
		pebble.start();
		begin("one.test");
		awaitCertificate("one.test");
		Map<?, ?> before = account();
		pebble.stop();
		pebble.start();
		acme.modified(config("one.test", "two.test"));
		awaitCertificate("two.test");
		assertEquals(before.get("key"), account().get("key"));
		assertNotEquals(before.get("id"), account().get("id"));
	}

	@Test
	@Pingoo("acme.account")
	void usesTheAccountThatIsStored() throws Exception {
		pebble.start();
		faulty = new FaultyCa(pebble);
		begin(TestConfig.of(faulty.directory(), pebble.caFile(), "one.test"));
		awaitCertificate("one.test");
		acme.stop();
		begin(TestConfig.of(faulty.directory() + "/", pebble.caFile(), "one.test", "two.test"));
		awaitCertificate("two.test");
		assertEquals(1, faulty.requests().stream().filter("POST /sign-me-up"::equals).count());
		assertEquals(2, orders(), "the first certificate is not ordered again");
	}

	@Test
	void takesNewDomainsAndLeavesTheFilesOfOldOnes() throws Exception {
		pebble.start();
		begin("one.test");
		awaitCertificate("one.test");
		acme.modified(config("two.test"));
		assertNull(acme.identity("one.test"));
		awaitCertificate("two.test");
		assertTrue(files().contains("one.test.pem"));
	}

	@Test
	@Pingoo("acme.one-per-domain")
	void aDomainThatIsRefusedDoesNotHoldUpTheOthers() throws Exception {
		pebble.start();
		faulty = new FaultyCa(pebble);
		server.refuse("bad.test");
		begin(TestConfig.of(faulty.directory(), pebble.caFile(), "bad.test", "one.test", "two.test"));
		awaitCertificate("one.test");
		awaitCertificate("two.test");
		Await.until("the refusal is told", () -> runtime.problems().size() == 1);
		assertTrue(
				runtime.problems().get(0).toString().startsWith("tls.acme.domains[bad.test]: no certificate yet: the authority could not"
						+ " validate the domain by tls-alpn-01: "),
				runtime.problems().toString());
		assertEquals(3, orders(), "no second try yet");
		assertTrue(Files.readString(folder.resolve("acme-history.json")).contains("\"refused\":[\"20"));
	}

	@Test
	@Pingoo("acme.short-lived")
	void renewsInTime() throws Exception {
		pebble.validFor(6).start();
		begin("one.test");
		TlsIdentity first = awaitCertificate("one.test");
		Await.until("a new one is served", () -> acme.identity("one.test") != first);
		assertFalse(first.leaf().equals(acme.identity("one.test").leaf()));
		Await.until("it is stored", () ->
				new IdentityFolder(folder).load("one.test").leaf().equals(acme.identity("one.test").leaf()));
	}

	@Test
	void renewsAnExpiredCertificateAtOnce() throws Exception {
		pebble.start();
		Instant now = Instant.now();
		TestCa.write(folder, "one.test", new TestCa().issue(now.minus(Duration.ofDays(99)), now.minus(Duration.ofDays(1)), "one.test"));
		begin("one.test");
		TlsIdentity expired = acme.identity("one.test");
		Await.until("a new one is served", () -> acme.identity("one.test") != expired);
		assertTrue(acme.identity("one.test").leaf().getNotAfter().toInstant().isAfter(now));
	}

	@Test
	void ordersAgainWhenTheAuthorityIsAnotherOne() throws Exception {
		pebble.start();
		begin("one.test");
		TlsIdentity first = awaitCertificate("one.test");
		faulty = new FaultyCa(pebble);
		acme.modified(TestConfig.of(faulty.directory(), pebble.caFile(), "one.test"));
		Await.until("a certificate of the other is served", () -> acme.identity("one.test") != first);
	}

	@Test
	void ordersAgainWhenTheFilesAreDeleted() throws Exception {
		pebble.start();
		begin("one.test");
		TlsIdentity first = awaitCertificate("one.test");
		Files.delete(folder.resolve("one.test.pem"));
		Files.delete(folder.resolve("one.test.key"));
		acme.addListener(new TestListener("http"));
		assertEquals(first, acme.identity("one.test"));
		Await.until("another one is served", () -> acme.identity("one.test") != first);
	}

	@Test
	@Pingoo("acme.renewal")
	void renewsWhenTheAuthoritySaysSo() throws Exception {
		pebble.start();
		faulty = new FaultyCa(pebble);
		String[] window = {"2020-01-01T00:00:00Z", "2020-01-02T00:00:00Z"};
		faulty.answering(request -> {
			if (request.equals("GET /dir")) {
				return faulty.directoryWithRenewalInfo();
			}
			if (request.startsWith("GET /ari/")) {
				Answer answer = Answer.json(
						"{\"suggestedWindow\":{\"start\":\"" + window[0] + "\",\"end\":\"" + window[1] + "\"}}");
				window[0] = "2099-01-01T00:00:00Z";
				window[1] = "2099-01-02T00:00:00Z";
				return answer;
			}
			return null;
		});
		TestCa.write(folder, "one.test", new TestCa().issue("one.test"));
		begin(TestConfig.of(faulty.directory(), pebble.caFile(), "one.test"));
		TlsIdentity first = acme.identity("one.test");
		Await.until("it is renewed", () -> acme.identity("one.test") != first);
		Await.until("the new one was asked about", () ->
				faulty.requests().stream().filter(request -> request.startsWith("GET /ari/")).count() == 2);
		assertEquals(1, orders());
	}

	@Test
	void servesWhatItCannotStore() throws Exception {
		pebble.start();
		Path file = folder.resolve("tls");
		Files.writeString(file, "a file where the folder should be");
		acme = new AcmeCertificates(file, config("one.test"), runtime);
		server.ask(acme);
		acme.addListener(HTTPS);
		awaitCertificate("one.test");
		Await.until("the trouble is told", () -> runtime.problems().size() == 1);
		assertTrue(
				runtime.problems().get(0).reason().contains("the new certificate is served, but cannot be stored: "),
				runtime.problems().toString());
	}

	@Test
	void saysThatTheAuthorityIsNotTrustedAndTrustsAChangedFile() throws Exception {
		pebble.start();
		Path roots = folder.resolve("roots.crt");
		Files.writeString(roots, TestCa.pem(List.of(new TestCa().root())));
		begin(TestConfig.of(pebble.directory(), roots, "one.test"));
		Await.until("the trouble is told", () -> runtime.problems().size() == 1);
		assertTrue(
				runtime.problems().get(0).toString().startsWith("tls.acme.ca_file: the authority's own certificate is not trusted"),
				runtime.problems().toString());
		Files.copy(pebble.caFile(), roots, StandardCopyOption.REPLACE_EXISTING);
		awaitCertificate("one.test");
	}

	@Test
	void stopsAtOnceWhileTheAuthorityKeepsItWaiting() throws Exception {
		pebble.start();
		faulty = new FaultyCa(pebble).answering(request -> {
			if (request.equals("POST /order-plz")) {
				try {
					Thread.sleep(60_000);
				} catch (InterruptedException e) {
					Thread.currentThread().interrupt();
				}
			}
			return null;
		});
		begin(TestConfig.of(faulty.directory(), pebble.caFile(), "one.test"));
		Await.until("the order is under way", () -> orders() == 1);
		acme.stop();
		// long before the authority would answer; a thread lives a moment longer than the last task of its pool
		Await.until("its threads have ended", () ->
				Thread.getAllStackTraces().keySet().stream().noneMatch(thread -> thread.getName().startsWith("gatehouse-acme")));
	}

	private long orders() {
		return faulty.requests().stream().filter("POST /order-plz"::equals).count();
	}

	private Map<?, ?> account() throws Exception {
		Map<?, ?> file = JsonUtil.parseJson(Files.readString(folder.resolve("acme.json")));
		return (Map<?, ?>) ((Map<?, ?>) ((Map<?, ?>) file.get("data")).get("accounts")).get(pebble.directory());
	}

	private TestConfig config(String... domains) {
		return TestConfig.of(pebble.directory(), pebble.caFile(), domains);
	}

	private void begin(String... domains) throws Exception {
		begin(config(domains));
	}

	private void begin(TestConfig config) throws Exception {
		acme = new AcmeCertificates(folder, config, runtime);
		server.ask(acme);
		acme.addListener(HTTPS);
	}

	private TlsIdentity awaitCertificate(String domain) {
		Await.until(
				() -> "there is a certificate for " + domain + "; problems " + runtime.problems() + "; the authority says " + pebble.output(),
				() -> acme.identity(domain) != null);
		return acme.identity(domain);
	}

	private void awaitNoProblems() {
		Await.until("nothing is wrong", () -> runtime.problems().isEmpty());
	}

	private List<String> files() throws Exception {
		try (Stream<Path> files = Files.list(folder)) {
			return files.map(file -> file.getFileName().toString()).sorted().toList();
		}
	}
}
