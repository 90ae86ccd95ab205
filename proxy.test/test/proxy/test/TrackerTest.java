package proxy.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import proxy.fixtures.Client;
import proxy.fixtures.Fields;
import proxy.fixtures.Http1Client;
import proxy.fixtures.Request;
import proxy.fixtures.Response;
import proxy.fixtures.TestCa;
import proxy.fixtures.TestGatehouse;

/** The main job: a real tracker behind the gateway cannot be told from one without it, and knows its peers. */
class TrackerTest {

	private static final String ODD_HASH = "%00%0A%0d%25%2F%FF%a2%BB*!()~'%09%20%7F%80%e9";
	private static final String PEER = "-qB4600-abcdefghijk";
	/** What a tracker's HTTP server says of its connection and its clock. */
	private static final List<String> ITS_OWN = List.of("date", "connection", "keep-alive", "server");

	private static final TestCa CA = new TestCa();

	private static TestGatehouse gatehouse;
	private static List<Tracker> trackers = new ArrayList<>();
	private static Map<String, String> trust;

	/** Each way in has a tracker of its own, so that all trackers are told the same. */
	@BeforeAll
	static void start() throws Exception {
		for (Protocol protocol : Protocol.values()) {
			trackers.add(Tracker.start());
		}
		trackers.add(Tracker.start());
		TestGatehouse.Setup setup = TestGatehouse.configured("""
				listeners:
				  http: {address: "http://127.0.0.1:<http>"}
				  https: {address: "https://127.0.0.1:<https>"}
				services:
				  http-1:
				    route: http_request.host == "http-1"
				    http_proxy: ["http://127.0.0.1:<http-1>"]
				  https-1:
				    route: http_request.host == "https-1"
				    http_proxy: ["http://127.0.0.1:<https-1>"]
				  https-2:
				    route: http_request.host == "https-2"
				    http_proxy: ["http://127.0.0.1:<https-2>"]
				  others:
				    http_proxy: ["http://127.0.0.1:<others>"]
				""");
		Path root = setup.folder().resolve("root.pem");
		Files.writeString(root, TestCa.pem(List.of(CA.root())));
		trust = Map.of("NODE_EXTRA_CA_CERTS", root.toString());
		TestCa.write(setup.folder().resolve("data/tls"), "localhost", CA.issue("localhost", "127.0.0.1"));
		for (Protocol protocol : Protocol.values()) {
			setup.with(name(protocol), trackers.get(protocol.ordinal()).port());
		}
		gatehouse = setup.with("others", trackers.get(Protocol.values().length).port()).start();
	}

	@AfterAll
	static void stop() throws IOException {
		if (gatehouse != null) {
			gatehouse.close();
		}
		for (Tracker tracker : trackers) {
			tracker.close();
		}
	}

	private static String name(Protocol protocol) {
		return protocol.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	@ParameterizedTest
	@EnumSource
	void answersTheSameWithAndWithoutTheGateway(Protocol protocol) throws Exception {
		// peers are handed out in any order: each swarm has one
		List<String> targets = List.of(
				announce("%3B%24U%04%CF%5F%11%BB%DB%E1%20%1C%EAjk%F4Z%EE%1B%C0", 1, "left=0&event=started&compact=1"),
				announce("%3B%24U%04%CF%5F%11%BB%DB%E1%20%1C%EAjk%F4Z%EE%1B%C0", 1, "left=0&compact=0"),
				announce("a".repeat(20), 2570, "left=9&event=started&compact=1"),
				announce(ODD_HASH, 65_290, "left=9&event=started&compact=1"),
				"/scrape?info_hash=" + ODD_HASH,
				"/scrape?info_hash=" + ODD_HASH + "&info_hash=%3B%24U%04%CF%5F%11%BB%DB%E1%20%1C%EAjk%F4Z%EE%1B%C0&info_hash=" + ODD_HASH,
				"/scrape?info_hash=%3b%24u%04%cf%5f%11%bb%db%e1%20%1c%eajk%f4z%ee%1b%c0",
				"/announce?info_hash=short",
				"/announce",
				announce(ODD_HASH, 65_290, "left=0&event=stopped&compact=1"));
		try (Tracker bare = Tracker.start();
				Http1Client direct = Http1Client.plain(bare.port());
				Client through = protocol.connect(gatehouse)) {
			for (String target : targets) {
				Response expected = direct.send(Request.get(target).with("X-Forwarded-For", "127.0.0.1"));
				Response received = through.send(Request.get(target).to(name(protocol)));
				assertEquals(expected.status(), received.status(), target);
				assertEquals(expected.text(), received.text(), target);
				assertEquals(itsFields(expected), itsFields(received), target);
			}
		}
	}

	private static String announce(String infoHash, int port, String rest) {
		return "/announce?info_hash=" + infoHash + "&peer_id=" + PEER + (char) ('0' + port % 10) + "&port=" + port
				+ "&uploaded=0&downloaded=0&" + rest;
	}

	private static List<Fields.Line> itsFields(Response response) {
		return response.fields().lines().stream()
				.map(line -> new Fields.Line(line.name().toLowerCase(Locale.ROOT), line.value()))
				.filter(line -> !ITS_OWN.contains(line.name()))
				.toList();
	}

	@ParameterizedTest
	@ValueSource(strings = {"http", "https", "ws", "wss"})
	void servesTheTrackersOwnClient(String scheme) throws Exception {
		boolean secure = scheme.equals("https") || scheme.equals("wss");
		int number = List.of("http", "https", "ws", "wss").indexOf(scheme) + 1;
		String infoHash = String.valueOf(number).repeat(40);
		String url = scheme + "://localhost:" + gatehouse.port(secure ? "https" : "http") + (scheme.startsWith("ws") ? "/" : "/announce");
		List<String> said = Tracker.announce(url, infoHash, "2d" + "0".repeat(36) + "0" + number, 6880 + number, trust);
		assertEquals(List.of("started 1 0 -", "scraped 1 0 1", "stopped 0 0 -"), said);
		Tracker tracker = trackers.get(Protocol.values().length);
		assertTrue(tracker.log().await("start ").contains("127.0.0.1"), () -> "not the client's address: " + tracker.log());
	}

	/** A peer is handed out under the address it has, whatever it says of itself. */
	@ParameterizedTest
	@EnumSource
	void handsOutThePeersRealAddress(Protocol protocol) throws IOException {
		String hash = "real-address-" + protocol.ordinal() + "-------------------".substring(0, 6);
		try (Client client = protocol.connect(gatehouse)) {
			client.send(Request.get(announce(hash, 4660, "left=0&event=started&compact=1")).with("X-Forwarded-For", "6.6.6.6"));
			Response second = client.send(Request.get(announce(hash, 1, "left=1&event=started&compact=1")));
			assertTrue(second.text().contains("\u007f\u0000\u0000\u0001\u00124"), second::toString);
			assertFalse(second.text().contains("\u0006\u0006\u0006\u0006"), second::toString);
		}
	}
}
