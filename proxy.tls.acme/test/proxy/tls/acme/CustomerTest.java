package proxy.tls.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxy.api.runtime.Problem;
import proxy.api.tls.TlsIdentity;
import proxy.fixtures.Await;
import proxy.fixtures.FaultyCa;
import proxy.fixtures.Pebble;
import proxy.fixtures.Pingoo;
import proxy.fixtures.Ports;
import proxy.fixtures.RecordedRuntime;

/** Authorities whose customers are known to them (RFC 8555 section 7.3.4) and may choose among kinds of certificates. */
class CustomerTest {

	private static final String KEY = "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W";

	@TempDir
	Path folder;

	@TempDir
	Path secrets;

	private final RecordedRuntime runtime = new RecordedRuntime();
	private ChallengeServer server;
	private Pebble pebble;
	private AcmeCertificates acme;

	@BeforeEach
	void open() throws Exception {
		server = new ChallengeServer();
		pebble = new Pebble(server.port(), Ports.free());
	}

	@AfterEach
	void close() throws Exception {
		acme.stop();
		pebble.close();
		server.close();
	}

	private TestConfig customer(String keyId, String secret) throws IOException {
		TestConfig config = TestConfig.of(pebble.directory(), pebble.caFile(), "one.test");
		config.eabKeyId = keyId;
		config.eabHmacKeyFile = keyId.isEmpty() ? "" : Files.writeString(secrets.resolve("eab"), secret).toString();
		return config;
	}

	private void begin(TestConfig config) throws Exception {
		acme = new AcmeCertificates(folder, config, runtime);
		server.ask(acme);
		acme.addListener(new TestListener("https"));
	}

	private TlsIdentity awaitCertificate() {
		Await.until("there is a certificate", () -> acme.identity("one.test") != null);
		return acme.identity("one.test");
	}

	private Problem awaitProblem(String reason) {
		Await.until("it is told: " + reason, () -> runtime.problems().stream().anyMatch(problem -> problem.reason().contains(reason)));
		return runtime.problems().get(0);
	}

	@Test
	@Pingoo("acme.customer")
	void bindsItsAccountToTheCustomer() throws Exception {
		pebble.bindingAccounts("customer-1", KEY).start();
		begin(customer("customer-1", KEY));
		awaitCertificate();
		String accounts = Files.readString(folder.resolve("acme.json"));
		assertTrue(accounts.contains("\"eab_key_id\":\"customer-1\""), accounts);
		assertEquals(List.of(), runtime.problems());
	}

	@Test
	@Pingoo("acme.customer")
	void saysThatTheAuthorityWantsACustomerAndOrdersWhenItIsNamed() throws Exception {
		pebble.bindingAccounts("customer-1", KEY).start();
		begin(customer("", ""));
		assertEquals("tls.acme.eab_key_id", awaitProblem("externalAccountBinding").setting());
		acme.modified(customer("customer-1", "AAAA"));
		assertEquals("tls.acme.eab_key_id", awaitProblem("the authority refuses").setting());
		assertNull(acme.identity("one.test"));
		acme.modified(customer("customer-1", "not base64 at all"));
		assertTrue(awaitProblem("its secret in " + secrets.resolve("eab") + " is not in base64url").toString().contains("eab_key_id"));
		acme.modified(customer("customer-1", KEY + "\n"));
		awaitCertificate();
		Await.until("nothing is wrong any more", () -> runtime.problems().isEmpty());
	}

	@Test
	void anotherCustomerHasAnotherAccount() throws Exception {
		pebble.bindingAccounts("customer-1", KEY).start();
		begin(customer("customer-1", KEY));
		awaitCertificate();
		String before = Files.readString(folder.resolve("acme.json"));
		acme.modified(customer("customer-2", KEY));
		TestConfig more = customer("customer-2", KEY);
		more.domains = new String[] {"one.test", "two.test"};
		acme.modified(more);
		assertEquals("tls.acme.eab_key_id", awaitProblem("the authority refuses").setting());
		assertEquals(before, Files.readString(folder.resolve("acme.json")));
	}

	@Test
	@Pingoo("acme.profile")
	void ordersTheProfileThatIsConfigured() throws Exception {
		pebble.start();
		try (FaultyCa offering = new FaultyCa(pebble)) {
			offering.answering(request -> request.equals("GET /dir") ? offering.directoryWithProfiles("classic", "shortlived") : null);
			TestConfig config = TestConfig.of(offering.directory(), pebble.caFile(), "one.test");
			config.profile = "short";
			begin(config);
			assertEquals(
					"tls.acme.profile: the authority has no profile 'short', but classic, shortlived; there is no certificate yet for one.test",
					awaitProblem("no profile").toString());
			assertEquals(List.of(), offering.payloads("POST /order-plz"));
			config.profile = "shortlived";
			acme.modified(config);
			awaitCertificate();
			String order = offering.payloads("POST /order-plz").get(0);
			assertTrue(order.contains("\"profile\":\"shortlived\""), order);
			config.profile = "";
			config.domains = new String[] {"two.test"};
			acme.modified(config);
			Await.until("there is a certificate", () -> acme.identity("two.test") != null);
			assertNotEquals(-1, offering.payloads("POST /order-plz").get(1).indexOf("two.test"));
			assertEquals(-1, offering.payloads("POST /order-plz").get(1).indexOf("profile"));
		}
	}
}
