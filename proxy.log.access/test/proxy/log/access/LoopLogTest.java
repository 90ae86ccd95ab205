package proxy.log.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import proxy.api.http.ExchangeListener.Outcome;
import proxy.api.http.Failure;

class LoopLogTest {

	private static final long TIME = 1_767_225_600_123L;

	private final Redaction redaction = new Redaction(List.of("token"), List.of("/announce/{key}"));
	private final LoopLog log = new LoopLog(1 << 20);

	@Test
	void writesAnAnsweredRequest() throws Exception {
		TestExchange exchange = exchange("2001:db8::7")
				.request("GET", "http1.example:443", "/announce/SECRET?info_hash=%3B%24&token=SECRET")
				.field("User-Agent", "qBittorrent/4.6 \"x\"")
				.field("Referer", "https://http1.example/?token=SECRET&a=b")
				.field("Authorization", "Bearer SECRET")
				.tls("TLSv1.3");
		assertEquals(
				"{\"time\":\"2026-01-01T00:00:00.123Z\",\"listener\":\"https\",\"client\":\"2001:db8::7\",\"method\":\"GET\","
						+ "\"scheme\":\"https\",\"host\":\"http1.example:443\","
						+ "\"target\":\"/announce/***?info_hash=%3B%24&token=***\",\"protocol\":\"HTTP/1.1\",\"status\":200,"
						+ "\"received\":0,\"sent\":321,\"duration_ms\":1.234,\"service\":\"tracker\",\"upstream\":\"tracker:7070\","
						+ "\"user_agent\":\"qBittorrent/4.6 \\\"x\\\"\",\"referer\":\"https://http1.example/?token=***&a=b\","
						+ "\"tls\":\"TLSv1.3\"}\n",
				line(exchange, new Outcome(200, null, "tracker", "tracker:7070", 0, 321, 1_234_567)));
	}

	@Test
	void writesARequestThatWasBlocked() throws Exception {
		String line = line(
				exchange("192.0.2.1").request("GET", "a.example", "/.git/config"),
				new Outcome(403, Failure.FORBIDDEN, null, null, 0, 20, 100_000));
		assertTrue(line.contains("\"status\":403,\"received\":0,\"sent\":20,\"duration_ms\":0.100,\"failure\":\"forbidden\"}"), line);
	}

	@Test
	void writesAnAbandonedRequestWithTheStatusThatSaysSo() throws Exception {
		String line = line(
				exchange("192.0.2.1").request("POST", "a.example", "/upload"),
				new Outcome(0, Failure.CLIENT_GONE, "api", null, 17, 0, 5_000_000_000L));
		assertTrue(line.contains("\"status\":499,\"received\":17,\"sent\":0,\"duration_ms\":5000.000,\"service\":\"api\""), line);
		assertTrue(line.endsWith("\"failure\":\"client_gone\"}\n"), line);
	}

	@Test
	void writesARequestThatCouldNotBeRead() throws Exception {
		String line = line(exchange("192.0.2.1"), new Outcome(400, Failure.BAD_REQUEST, null, null, 0, 0, 1));
		assertEquals(
				"{\"time\":\"2026-01-01T00:00:00.123Z\",\"listener\":\"https\",\"client\":\"192.0.2.1\",\"scheme\":\"http\","
						+ "\"status\":400,\"received\":0,\"sent\":0,\"duration_ms\":0.000,\"failure\":\"bad_request\"}\n",
				line);
	}

	@Test
	void holdsTheLongestLineThereCanBe() throws Exception {
		String odd = "\u00ff".repeat(100_000);
		TestExchange exchange = exchange("192.0.2.1")
				.request(odd, odd, "/?" + odd)
				.field("User-Agent", odd)
				.field("Referer", odd)
				.tls(odd);
		String line = line(exchange, new Outcome(200, Failure.INTERNAL, odd, odd, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE));
		assertTrue(line.endsWith(",\"truncated\":true}\n"), line.substring(line.length() - 100));
		assertEquals(1, line.lines().count());
	}

	@Test
	void allocatesNextToNothing() throws Exception {
		TestExchange exchange = exchange("192.0.2.1").request("GET", "a.example", "/announce/x?token=1").field("User-Agent", "y");
		Outcome outcome = new Outcome(200, null, "a", "b", 0, 1, 2);
		com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
		Sink nowhere = new MemorySink() {
			@Override
			public void write(byte[] bytes, int from, int count) {}
		};
		long before = 0;
		for (int i = 0; i < 2_000; i++) {
			if (i == 1_000) {
				before = threads.getCurrentThreadAllocatedBytes();
			}
			log.log(exchange, outcome, redaction, TIME + i % 1000);
			log.ring.drainTo(nowhere);
		}
		long each = (threads.getCurrentThreadAllocatedBytes() - before) / 1_000;
		assertTrue(each < 128, each + " octets for a line");
	}

	private static TestExchange exchange(String client) throws IOException {
		return new TestExchange(new TestLoop(0, 1), InetAddress.getByName(client));
	}

	private String line(TestExchange exchange, Outcome outcome) throws IOException {
		MemorySink sink = new MemorySink();
		log.log(exchange, outcome, redaction, TIME);
		log.ring.drainTo(sink);
		return sink.text();
	}
}
