package proxy.core.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxy.api.tls.CertificateProvider;
import proxy.api.tls.ChallengeResponder;
import proxy.api.tls.TlsIdentity;
import proxy.api.transport.Transport;
import proxy.api.transport.TransportHandler;
import proxy.core.loop.Acceptor;
import proxy.core.loop.Loops;
import proxy.fixtures.Pingoo;

/** Listeners with each of the three TLS engines, against the JDK's client. */
class TlsListenerTest {

	private static final String[] TLS_13 = {"TLSv1.3"};

	@TempDir
	static Path folder;

	private static TlsIdentity first;
	private static TlsIdentity second;

	private final Map<String, TlsIdentity> identities = new ConcurrentHashMap<>();
	private Loops loops;
	private Acceptor acceptor;
	/** Below the TLS socket made last. */
	private Socket plain;

	@BeforeAll
	static void certificates() throws Exception {
		first = Identities.create(folder, "one.test", "EC");
		second = Identities.create(folder, "two.test", "RSA");
	}

	private void listen(String engine) throws IOException {
		ServerTls tls = new ServerTls(TlsEngines.choose(engine));
		tls.providers(List.of(new CertificateProvider() {
			@Override
			public TlsIdentity identity(String serverName) {
				return identities.get(serverName);
			}

			@Override
			public TlsIdentity defaultIdentity() {
				return identities.get("");
			}
		}));
		tls.responders(List.of(new ChallengeResponder() {
			@Override
			public String keyAuthorization(String token) {
				return null;
			}

			@Override
			public TlsIdentity challengeCertificate(String serverName) {
				return serverName.equals("validated.test") ? second : null;
			}
		}));
		loops = new Loops(1, new ClientEngines()::engine);
		acceptor = new Acceptor(
				loops,
				new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
				false,
				10,
				hello -> tls.engine(hello, TLS_13, new String[] {"http/1.1"}),
				5_000,
				transport -> transport.handler(new Echo(transport)));
		acceptor.start();
	}

	@AfterEach
	void close() throws IOException {
		acceptor.close();
		loops.stop();
	}

	/** Sends back what it gets. */
	private record Echo(Transport transport) implements TransportHandler {

		@Override
		public void onReadable() {
			ByteBuffer scratch = transport.loop().scratch();
			try {
				int count = transport.read(scratch);
				if (count < 0) {
					transport.close();
				} else if (!transport.write(scratch.flip())) {
					transport.reading(false);
				}
			} catch (IOException gone) {
				transport.abort();
			}
		}

		@Override
		public void onWritable() {
			transport.reading(true);
		}

		@Override
		public void onClosed(Throwable cause) {}
	}

	private SSLSocket connect(String serverName, String protocol) throws Exception {
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, new TrustManager[] {new TrustAll()}, new SecureRandom());
		plain = new Socket(acceptor.address().getAddress(), acceptor.address().getPort());
		plain.setSoTimeout(20_000);
		SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", 0, true);
		SSLParameters parameters = socket.getSSLParameters();
		if (!serverName.isEmpty()) {
			parameters.setServerNames(List.of(new SNIHostName(serverName)));
		}
		parameters.setApplicationProtocols(new String[] {protocol});
		socket.setSSLParameters(parameters);
		return socket;
	}

	private static X509Certificate shown(SSLSocket socket) throws IOException {
		socket.startHandshake();
		return (X509Certificate) socket.getSession().getPeerCertificates()[0];
	}

	@ParameterizedTest
	@ValueSource(strings = {"conscrypt", "bouncycastle", "jdk"})
	@Pingoo("tls.order")
	void showsTheCertificateOfTheNameElseTheDefault(String engine) throws Exception {
		listen(engine);
		identities.put("one.test", first);
		identities.put("", second);
		try (SSLSocket one = connect("ONE.test", "http/1.1"); SSLSocket other = connect("other.test", "http/1.1")) {
			assertEquals(first.leaf(), shown(one));
			assertEquals("TLSv1.3", one.getSession().getProtocol());
			assertEquals("http/1.1", one.getApplicationProtocol());
			assertEquals(second.leaf(), shown(other));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"conscrypt", "bouncycastle", "jdk"})
	void showsAReplacedCertificateInTheNextHandshakeAndKeepsTheConnectionBefore(String engine) throws Exception {
		listen(engine);
		identities.put("one.test", first);
		try (SSLSocket before = connect("one.test", "http/1.1")) {
			assertEquals(first.leaf(), shown(before));
			identities.put("one.test", second);
			try (SSLSocket after = connect("one.test", "http/1.1")) {
				assertEquals(second.leaf(), shown(after));
			}
			before.getOutputStream().write(42);
			assertEquals(42, before.getInputStream().read());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"conscrypt", "bouncycastle", "jdk"})
	void carriesLargeContentUnchanged(String engine) throws Exception {
		listen(engine);
		identities.put("", first);
		byte[] sent = new byte[5_000_000];
		new Random(1).nextBytes(sent);
		try (SSLSocket socket = connect("", "http/1.1")) {
			socket.startHandshake();
			Thread writer = new Thread(() -> {
				try {
					socket.getOutputStream().write(sent);
				} catch (IOException told) {
					throw new java.io.UncheckedIOException(told);
				}
			});
			writer.start();
			assertArrayEquals(sent, socket.getInputStream().readNBytes(sent.length));
			writer.join();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"conscrypt", "bouncycastle", "jdk"})
	@Pingoo("acme.tls-alpn")
	void answersAValidationWithTheChallengeCertificateAndOnlyThen(String engine) throws Exception {
		listen(engine);
		identities.put("validated.test", first);
		try (SSLSocket validation = connect("validated.test", "acme-tls/1");
				SSLSocket visitor = connect("validated.test", "http/1.1");
				SSLSocket stranger = connect("one.test", "acme-tls/1")) {
			assertEquals(second.leaf(), shown(validation));
			assertEquals("acme-tls/1", validation.getApplicationProtocol());
			assertEquals(first.leaf(), shown(visitor));
			assertThrows(IOException.class, stranger::startHandshake);
		}
	}

	/** Conscrypt holds two file descriptors for a connection, and a client that just goes away leaves it half open. */
	@Test
	void freesWhatALostConnectionHeldWithoutAGarbageCollection() throws Exception {
		Path descriptors = Path.of("/proc/self/fd");
		Assumptions.assumeTrue(Files.isDirectory(descriptors), "counts open files as Linux shows them");
		listen("conscrypt");
		identities.put("", first);
		loseConnections(5);
		long before = count(descriptors);
		loseConnections(100);
		long after = count(descriptors);
		assertTrue(after <= before + 20, before + " files were open before, " + after + " after");
	}

	private void loseConnections(int times) throws Exception {
		for (int i = 0; i < times; i++) {
			SSLSocket socket = connect("", "http/1.1");
			socket.startHandshake();
			socket.getOutputStream().write(i);
			assertEquals(i, socket.getInputStream().read());
			plain.close();
		}
		// what comes behind them on the only loop is answered after they have been closed
		try (SSLSocket last = connect("", "http/1.1")) {
			last.startHandshake();
			last.getOutputStream().write(1);
			assertEquals(1, last.getInputStream().read());
		}
	}

	private static long count(Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.count();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"conscrypt", "bouncycastle", "jdk"})
	void refusesWhatIsNoClientHelloAndServesOnBesideClientsThatSayNothing(String engine) throws Exception {
		listen(engine);
		identities.put("", first);
		try (Socket silent = new Socket(acceptor.address().getAddress(), acceptor.address().getPort());
				Socket plain = new Socket(acceptor.address().getAddress(), acceptor.address().getPort())) {
			plain.setSoTimeout(20_000);
			plain.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes());
			assertArrayEquals(new byte[] {21, 3, 3, 0, 2, 2, 40}, plain.getInputStream().readAllBytes());
			try (SSLSocket socket = connect("", "http/1.1")) {
				assertEquals(first.leaf(), shown(socket));
			}
			assertEquals(true, silent.isConnected());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"conscrypt", "bouncycastle", "jdk"})
	void tellsAClientByAnAlertWhyThereIsNoHandshake(String engine) throws Exception {
		listen(engine);
		try (SSLSocket unknown = connect("one.test", "http/1.1")) {
			assertAlert("unrecognized_name", unknown);
		}
		identities.put("", first);
		try (SSLSocket other = connect("one.test", "smtp"); SSLSocket old = connect("one.test", "http/1.1")) {
			assertAlert("no_application_protocol", other);
			old.setEnabledProtocols(new String[] {"TLSv1.2"});
			assertAlert("protocol_version|handshake_failure", old);
		}
	}

	private static void assertAlert(String expected, SSLSocket socket) {
		String message = assertThrows(IOException.class, socket::startHandshake).getMessage();
		assertTrue(message.matches(".*alert: (" + expected + ").*"), message);
	}
}
