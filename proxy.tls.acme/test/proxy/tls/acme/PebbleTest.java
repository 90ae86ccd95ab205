package proxy.tls.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proxy.api.listener.Listener;
import proxy.fixtures.Await;
import proxy.fixtures.Pebble;
import proxy.fixtures.Ports;
import proxy.fixtures.RecordedRuntime;
import proxy.pem.IdentityFolder;

/** Orders from a real authority that really validates. */
class PebbleTest {

	@TempDir
	Path folder;

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
		if (acme != null) {
			acme.stop();
		}
		pebble.close();
		server.close();
	}

	@Test
	void obtainsACertificateServesItAndStoresIt() throws Exception {
		pebble.start();
		begin("one.test", "two.test");
		Await.until("both are there", () -> acme.identity("one.test") != null && acme.identity("two.test") != null);

		List<X509Certificate> chain = acme.identity("one.test").chain();
		chain.get(0).verify(chain.get(1).getPublicKey());
		chain.get(chain.size() - 1).verify(pebble.root().getPublicKey());
		assertNull(acme.identity("three.test"));
		assertNull(acme.challengeCertificate("one.test"), "the challenge is over");
		assertTrue(pebble.output().contains("set VALID by completed challenge"), pebble.output());

		assertEquals(
				List.of("acme.json", "one.test.key", "one.test.pem", "two.test.key", "two.test.pem"), files());
		for (String file : files()) {
			assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))));
		}
		assertEquals(chain, new IdentityFolder(folder).load("one.test").chain());
		assertEquals(List.of(), runtime.problems());
	}

	private void begin(String... domains) throws Exception {
		begin(TestConfig.of(pebble.directory(), pebble.caFile(), domains));
	}

	private void begin(TestConfig config) throws Exception {
		acme = new AcmeCertificates(folder, config, runtime);
		server.ask(acme);
		acme.addListener(listener("https"));
	}

	private List<String> files() throws Exception {
		try (Stream<Path> files = Files.list(folder)) {
			return files.map(file -> file.getFileName().toString()).sorted().toList();
		}
	}

	private static Listener listener(String scheme) {
		return new Listener() {
			@Override
			public String name() {
				return scheme;
			}

			@Override
			public String scheme() {
				return scheme;
			}

			@Override
			public InetSocketAddress address() {
				return new InetSocketAddress(InetAddress.getLoopbackAddress(), 443);
			}

			@Override
			public List<String> services() {
				return List.of();
			}

			@Override
			public int connections() {
				return 0;
			}
		};
	}
}
