package proxy.core.warmup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proxy.api.http.HttpExchange;
import proxy.api.http.HttpService;
import proxy.api.http.ResponseHead;
import proxy.api.tls.CertificateProvider;
import proxy.api.tls.TlsIdentity;
import proxy.core.http1.Http1;
import proxy.core.http2.Http2;
import proxy.core.loop.Loops;
import proxy.core.tls.ClientEngines;
import proxy.core.tls.Identities;
import proxy.core.tls.ServerTls;
import proxy.core.tls.TlsEngines;
import proxy.fixtures.Await;

/** The gateway's requests to itself, against a service that counts them by scheme and version. */
class RehearsalTest {

	private static final String THREAD = "gatehouse-warmup-origin";

	@TempDir
	static Path folder;

	private static TlsIdentity identity;

	private final Map<String, AtomicInteger> seen = new ConcurrentHashMap<>();
	private final AtomicReference<InetSocketAddress> origin = new AtomicReference<>();
	private Loops loops;

	@BeforeAll
	static void certificate() throws Exception {
		identity = Identities.create(folder, "rehearsal.test", "EC");
	}

	@BeforeEach
	void open() throws IOException {
		loops = new Loops(2, new ClientEngines()::engine);
	}

	@AfterEach
	void close() {
		loops.stop();
		Await.until("the origin's thread has ended", () -> Thread.getAllStackTraces().keySet().stream()
				.noneMatch(thread -> thread.getName().equals(THREAD)));
	}

	private Rehearsal rehearsal(TlsEngines engines) throws IOException {
		return rehearsal(engines, this::answer);
	}

	private Rehearsal rehearsal(TlsEngines engines, HttpService service) throws IOException {
		ServerTls tls = new ServerTls(engines);
		tls.providers(List.of(new CertificateProvider() {
			@Override
			public TlsIdentity identity(String serverName) {
				return null;
			}

			@Override
			public TlsIdentity defaultIdentity() {
				return identity;
			}
		}));
		return new Rehearsal(loops, new Http1(loops), new Http2(loops), address -> {
			origin.set(address);
			return service;
		}, tls::engine);
	}

	private void answer(HttpExchange exchange) {
		String kind = exchange.facts().scheme() + " " + exchange.request().version().name();
		seen.computeIfAbsent(kind, key -> new AtomicInteger()).incrementAndGet();
		ResponseHead head = new ResponseHead().status(200);
		exchange.respond(head, ByteBuffer.wrap(Octets.of(RehearsalOrigin.CONTENT)), true);
	}

	@Test
	void aPlainRoundIsHttp1OnEightConnections() throws IOException {
		try (Rehearsal rehearsal = rehearsal(TlsEngines.choose("jdk"))) {
			rehearsal.plain();
			assertEquals("{http HTTP_1_1=400}", seen.toString());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"conscrypt", "bouncycastle", "jdk"})
	void aSecureRoundHasBothVersions(String choice) throws Exception {
		TlsEngines engines = TlsEngines.choose(choice);
		try (Rehearsal rehearsal = rehearsal(engines)) {
			rehearsal.secure(engines.clientContext());
			rehearsal.secure(engines.clientContext());
			assertEquals(816, seen.get("https HTTP_1_1").get());
			assertEquals(400, seen.get("https HTTP_2").get());
		}
	}

	@Test
	void theOriginAnswersWhatIsForwarded() throws IOException {
		try (Rehearsal rehearsal = rehearsal(TlsEngines.choose("jdk"));
				Socket upstream = new Socket(origin.get().getAddress(), origin.get().getPort())) {
			new Http1Visitor().visit(List.of(upstream), 3);
		}
	}

	@Test
	void nothingListensAfterwards() throws IOException {
		rehearsal(TlsEngines.choose("jdk")).close();
		InetSocketAddress address = origin.get();
		assertThrows(IOException.class, () -> new Socket(address.getAddress(), address.getPort()).close());
	}

	@Test
	void endsInTheMiddleOfARoundWhenItIsClosed() throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		Rehearsal rehearsal = rehearsal(TlsEngines.choose("jdk"), exchange -> begun.countDown());
		AtomicReference<Exception> failure = new AtomicReference<>();
		Thread round = new Thread(() -> failure.set(assertThrows(IOException.class, rehearsal::plain)));
		round.start();
		begun.await();
		rehearsal.close();
		round.join();
		assertTrue(failure.get() != null);
		assertThrows(IOException.class, rehearsal::plain);
	}
}
