package proxy.test;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import proxy.fixtures.Answer;
import proxy.fixtures.Client;
import proxy.fixtures.Origin;
import proxy.fixtures.Pingoo;
import proxy.fixtures.ReceivedRequest;
import proxy.fixtures.Request;
import proxy.fixtures.Response;
import proxy.fixtures.TestGatehouse;

/** The upstream receives the request target octet for octet, whatever it is made of. */
class TargetTest {

	private static Origin origin;
	private static TestGatehouse gatehouse;

	@BeforeAll
	static void start() {
		origin = Origin.plain(Answer.echo());
		gatehouse = Gateways.echoing(origin);
	}

	@AfterAll
	static void stop() {
		gatehouse.close();
		origin.close();
	}

	@Pingoo("http.target")
	@ParameterizedTest
	@EnumSource
	void keepsEveryPercentEncodedOctetInPathAndQuery(Protocol protocol) throws IOException {
		List<String> targets = new ArrayList<>();
		for (int octet = 0; octet < 256; octet++) {
			String upper = String.format("%%%02X", octet);
			String lower = String.format("%%%02x", octet);
			targets.add("/a" + upper + "b/" + upper + "?x=" + upper + "&" + upper + "=y");
			targets.add("/a" + lower + "b/" + lower + "?x=" + lower + "&" + lower + "=y");
		}
		assertForwarded(protocol, targets);
	}

	/** What RFC 3986 has no place for but real clients send: everything but white space, control octets and the fragment's #. */
	@Pingoo("http.target")
	@ParameterizedTest
	@EnumSource
	void keepsEveryRawOctetThatHttpAllows(Protocol protocol) throws IOException {
		List<String> targets = new ArrayList<>();
		for (char octet = 0x21; octet < 256; octet++) {
			if (octet != 0x7F && octet != '#') {
				targets.add("/a" + octet + "b?x=" + octet + octet);
			}
		}
		assertForwarded(protocol, targets);
	}

	@Pingoo("http.target")
	@ParameterizedTest
	@EnumSource
	void keepsOddTargets(Protocol protocol) throws IOException {
		assertForwarded(protocol, List.of(
				"/",
				"//",
				"//double//slashes//",
				"/.",
				"/..",
				"/../../etc/passwd",
				"/a/./b/../c",
				"/..;/",
				"/a;b=c/d;e",
				"/%2e%2E/%2f%2F",
				"/a%2Fb",
				"/a|b[c]{d}^e`f\"g<h>i\\j",
				"/?",
				"/??",
				"/?a?b",
				"/a?",
				"/a?&&&=&a=&=b",
				"/%",
				"/%%",
				"/%zz?%z=%",
				"/a+b?c+d",
				"/*!()~'",
				"/" + "x".repeat(4000) + "?" + "y".repeat(3000)));
	}

	@Pingoo("http.target")
	@ParameterizedTest
	@EnumSource
	void keepsRepeatedParametersInTheirOrder(Protocol protocol) throws IOException {
		String binary = "%00%0A%0d%25%2F%FF%a2%Bb*!()~'";
		assertForwarded(protocol, List.of(
				"/scrape?info_hash=" + binary + "&info_hash=%3B%24U%04%CF%5F%11%BB%DB%E1%20%1C%EAjk%F4Z%EE%1B%C0&info_hash=" + binary,
				"/announce?info_hash=%3B%24U%04%CF%5F%11%BB%DB%E1%20%1C%EAjk%F4Z%EE%1B%C0&peer_id=-qB00000000000000001"
						+ "&port=17548&uploaded=0&downloaded=0&left=0&event=started&compact=1",
				"/announce/YZSl4lMZupRuOpSRC3krIKR5BPB14nrJ?b=2&a=1&b=1&a=2&&a"));
	}

	/** RFC 9110 section 4.2.3, RFC 9112 section 3.2.4. */
	@ParameterizedTest
	@EnumSource(names = {"HTTP_1", "HTTPS_1"})
	void forwardsAnAbsoluteTargetWithoutPathAsTheRootOrTheWholeServer(Protocol protocol) throws IOException {
		try (Client client = protocol.connect(gatehouse)) {
			assertEquals("/", client.send(Request.get("http://localhost")).echo().target());
			assertEquals("/?x=1", client.send(Request.get("http://localhost?x=1")).echo().target());
			ReceivedRequest whole = client.send(Request.of("OPTIONS", "http://other.example:81")).echo();
			assertEquals("*", whole.target());
			assertEquals("other.example:81", whole.fields().get("host"));
		}
	}

	private static void assertForwarded(Protocol protocol, List<String> targets) throws IOException {
		List<Executable> checks = new ArrayList<>();
		Client client = protocol.connect(gatehouse);
		for (String target : targets) {
			try {
				Response response = client.send(Request.get(target));
				checks.add(() -> {
					assertEquals(200, response.status(), target);
					assertEquals(target, response.echo().target());
				});
				if (response.fields().lists("connection", "close")) {
					client = reconnect(protocol, client);
				}
			} catch (IOException e) {
				checks.add(() -> {
					throw new IOException(target, e);
				});
				client = reconnect(protocol, client);
			}
		}
		client.close();
		assertAll(checks);
	}

	private static Client reconnect(Protocol protocol, Client client) throws IOException {
		client.close();
		return protocol.connect(gatehouse);
	}
}
