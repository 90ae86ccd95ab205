package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import proxy.fixtures.Answer;
import proxy.fixtures.Await;
import proxy.fixtures.FaultyCa;
import proxy.fixtures.HeldAnswer;
import proxy.fixtures.Http1Client;
import proxy.fixtures.Origin;
import proxy.fixtures.Pebble;
import proxy.fixtures.Ports;
import proxy.fixtures.TestGatehouse;
import proxy.fixtures.Tls;

/** A process takes over from another that waits for a certificate: both have the same folder, and one order is enough. */
class CertificateHandoverTest {

	private static final String YAML = Gateways.YAML + """
			tls:
			  acme:
			    domains: [one.test]
			    directory_url: <directory>
			    ca_file: <ca>
			""";

	private final int https = Ports.free();
	private final int http = Ports.free();
	private final HeldAnswer held = new HeldAnswer(Answer.text("origin"));
	private final AtomicBoolean finalized = new AtomicBoolean();
	private volatile boolean issuing;
	private Pebble pebble;
	private FaultyCa ca;
	private Origin origin;
	private TestGatehouse first;
	private TestGatehouse second;
	private Http1Client busy;

	/** The authority has validated the domain and takes its time; the process cannot end before a request has been answered. */
	@BeforeEach
	void start() throws Exception {
		pebble = new Pebble(https, http).start();
		ca = new FaultyCa(pebble).answering(request -> {
			finalized.compareAndSet(false, request.startsWith("POST /finalize-order/"));
			return request.startsWith("POST /my-order/") && finalized.get() && !issuing
					? FaultyCa.Answer.json("{\"status\":\"processing\",\"identifiers\":[],\"authorizations\":[]}")
					: null;
		});
		origin = Origin.plain(held);
		first = setup().start();
		Await.until("the order is nearly done", finalized::get);
		busy = Http1Client.plain(http);
		busy.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
		held.awaitRequest();
		second = setup().folder(first.folder()).argument("--replace").start();
		second.log().await("another process orders certificates for the same folder, waiting for it");
	}

	@AfterEach
	void stop() throws IOException {
		held.release();
		busy.close();
		first.kill();
		second.close();
		origin.close();
		ca.close();
		pebble.close();
	}

	private TestGatehouse.Setup setup() {
		return TestGatehouse.configured(YAML)
				.with("http", http)
				.with("https", https)
				.with("origin", origin.url())
				.with("directory", ca.directory())
				.with("ca", pebble.caFile());
	}

	private void awaitCertificate() {
		Tls tls = Tls.trusting(pebble.root());
		Await.until("the second serves the certificate", () -> {
			try {
				tls.connect(https, "one.test").close();
				return true;
			} catch (IOException notYet) {
				return false;
			}
		});
	}

	private long orders() {
		return ca.requests().stream().filter("POST /order-plz"::equals).count();
	}

	@Test
	void theSecondServesWhatTheFirstHasObtained() {
		issuing = true;
		awaitCertificate();
		first.log().await("tls: ACME TLS certificate successfully saved");
		held.release();
		assertEquals(0, first.awaitEnd());
		assertEquals(1, orders());
	}

	@Test
	void theSecondOrdersWhenTheFirstHasCrashed() {
		first.kill();
		Await.until("the second orders", () -> orders() == 2);
		issuing = true;
		awaitCertificate();
		second.log().await("tls: ACME TLS certificate successfully saved");
	}
}
