package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proxy.fixtures.Answer;
import proxy.fixtures.Await;
import proxy.fixtures.Http1Client;
import proxy.fixtures.Origin;
import proxy.fixtures.Pebble;
import proxy.fixtures.Pingoo;
import proxy.fixtures.Ports;
import proxy.fixtures.Request;
import proxy.fixtures.Response;
import proxy.fixtures.TestGatehouse;
import proxy.fixtures.Tls;

/** A real authority that refuses nonces and takes its time validates by both challenges. */
class ChallengeTest {

	private static final List<String> DOMAINS = List.of("one.test", "two.test", "three.test");
	private static final String CHALLENGES = "/.well-known/acme-challenge/";

	/** Everything is blocked by a rule, and all that is not goes to the origin: challenges come before both. */
	private static final String YAML = """
			listeners:
			  http: {address: "http://127.0.0.1:<http>", https_redirect: <redirect>, https_redirect_port: <https>}
			  https: {address: "https://127.0.0.1:<https>"}
			rules:
			  nobody:
			    expression: http_request.path.starts_with("/.well-known/") && !http_request.path.ends_with("unknown")
			    actions: [{action: block}]
			services:
			  origin:
			    http_proxy: ["<origin>"]
			tls:
			  acme:
			    domains: [one.test, two.test, three.test]
			    directory_url: <directory>
			    ca_file: <ca>
			    challenge: <challenge>
			""";

	private final int https = Ports.free();
	private final int http = Ports.free();

	private TestGatehouse start(Pebble pebble, Origin origin, String challenge, boolean redirect) {
		return TestGatehouse.configured(YAML)
				.with("http", http)
				.with("https", https)
				.with("origin", origin.url())
				.with("directory", pebble.directory())
				.with("ca", pebble.caFile())
				.with("challenge", challenge)
				.with("redirect", redirect)
				.start();
	}

	@ParameterizedTest
	@CsvSource({"tls-alpn-01, false", "http-01, false", "http-01, true"})
	@Pingoo("acme.challenges")
	void certificatesAreObtained(String challenge, boolean redirect) throws Exception {
		try (Pebble pebble = new Pebble(https, http).refusingNonces(20).validatingSlowly(3).start();
				Origin origin = Origin.plain(Answer.text("origin"));
				TestGatehouse gatehouse = start(pebble, origin, challenge, redirect)) {
			awaitCertificates(pebble);
			assertEquals(challenge.equals("http-01"), gatehouse.log().any("tls: http-01 challenge answered", "one.test"));
			assertTrue(pebble.output().contains("set VALID by completed challenge"), pebble::output);
			// the challenges are over
			assertEquals(redirect ? 308 : 403, get(CHALLENGES + "anything").status());
			assertEquals(redirect ? 308 : 200, get(CHALLENGES + "unknown").status());
		}
	}

	@Test
	@Pingoo("acme.challenges")
	void theOtherChallengeIsTriedWhenOneIsRefused() throws Exception {
		// the authority finds nobody at the port of tls-alpn-01
		try (Pebble pebble = new Pebble(Ports.free(), http).start();
				Origin origin = Origin.plain(Answer.text("origin"));
				TestGatehouse gatehouse = start(pebble, origin, "auto", true)) {
			awaitCertificates(pebble);
			gatehouse.log().await("tls: ACME certificate not obtained", "by tls-alpn-01");
			gatehouse.log().await("tls: http-01 challenge answered");
		}
	}

	private void awaitCertificates(Pebble pebble) {
		Tls tls = Tls.trusting(pebble.root());
		for (String domain : DOMAINS) {
			Await.until("a certificate for " + domain, java.time.Duration.ofMinutes(2), () -> {
				try (SSLSocket socket = tls.connect(https, domain)) {
					return true;
				} catch (IOException notYet) {
					return false;
				}
			});
		}
	}

	private Response get(String target) throws IOException {
		try (Http1Client client = Http1Client.plain(http)) {
			return client.send(Request.get(target));
		}
	}
}
