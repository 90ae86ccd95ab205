package proxy.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;
import org.junit.jupiter.api.Test;
import proxy.api.http.FieldSection;
import proxy.api.http.RequestHead;

/** Whatever this parser accepts, Jetty's accepts too and reads in the same way; the seed is fixed, so a failure stays. */
class DifferentialFuzzTest {

	private static final int INPUTS = 200_000;
	private static final long SEED = 20_261_122;

	private static final String[] SEEDS = {
		"GET / HTTP/1.1\r\nHost: h\r\n\r\n",
		"GET /announce?info_hash=%3B%24U%04&x HTTP/1.1\r\nHost: tracker:7070\r\nUser-Agent: qB/4\r\nConnection: close\r\n\r\n",
		"POST /a/b?c=d HTTP/1.1\r\nHost: example.com\r\nContent-Length: 12\r\nContent-Type: a/b; c=d\r\n\r\n",
		"POST /x HTTP/1.1\r\nhost: [::1]:80\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n",
		"OPTIONS * HTTP/1.1\r\nHost: h\r\nX-A: 1\r\nX-A: 2\r\n\r\n",
		"GET http://other.example/p HTTP/1.1\r\nHost: h\r\nCookie: a=b; c=d\r\n\r\n",
		"GET http://other.example?q HTTP/1.1\r\nHost: h\r\nAccept: */*\r\n\r\n",
		"GET /old HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
	};

	private static final String[] PIECES = {
		"\r\n", "\n", "\r", " ", "\t", ":", "\0", "\r\n\r\n", "\r\n ", "Host: x\r\n", "Content-Length: 3\r\n",
		"Transfer-Encoding: chunked\r\n", "HTTP/1.1", "HTTP/1.0", "%", "/", "?", "é", "\u007f", ",", "chunked", "\"", "[", "]"
	};

	private final Random random = new Random(SEED);

	@Test
	void acceptsOnlyWhatJettyAcceptsAndReadsItAlike() {
		int accepted = 0;
		for (int i = 0; i < INPUTS; i++) {
			String text = mutated(SEEDS[random.nextInt(SEEDS.length)]);
			RequestHead head = ours(text);
			if (head != null) {
				accepted++;
				compare(text, head);
			}
		}
		assertTrue(accepted > INPUTS / 20, "only " + accepted + " inputs were requests: the test would prove little");
	}

	private String mutated(String seed) {
		StringBuilder text = new StringBuilder(seed);
		for (int changes = random.nextInt(4); changes > 0; changes--) {
			int at = random.nextInt(text.length() + 1);
			switch (random.nextInt(4)) {
				case 0 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
				case 1 -> text.insert(at, (char) random.nextInt(256));
				case 2 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(3)));
				default -> {
					if (at < text.length()) {
						text.setCharAt(at, (char) random.nextInt(256));
					}
				}
			}
		}
		return text.toString();
	}

	private static RequestHead ours(String text) {
		byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
		RequestHead head = new RequestHead(new FieldSection(octets.clone()));
		try {
			return RequestParser.parse(head, octets.length) == RequestParser.INCOMPLETE ? null : head;
		} catch (MessageException refused) {
			return null;
		}
	}

	private static void compare(String text, RequestHead head) {
		Recorded theirs = new Recorded();
		HttpParser parser = new HttpParser(theirs, -1, HttpCompliance.RFC7230);
		parser.parseNext(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
		assertNull(theirs.refused, () -> "refused by Jetty, accepted here: " + printable(text));
		assertTrue(theirs.complete, () -> "not complete for Jetty: " + printable(text));
		assertEquals(theirs.method, head.method(), () -> printable(text));
		assertEquals(theirs.fields, fields(head.fields()), () -> printable(text));
	}

	private static List<String> fields(FieldSection section) {
		List<String> fields = new ArrayList<>();
		for (int i = 0; i < section.size(); i++) {
			fields.add(field(section.name(i), section.value(i)));
		}
		return fields;
	}

	/** Jetty gives some values of some fields in the case of its cache. */
	private static String field(String name, String value) {
		String lowerCase = name.toLowerCase(Locale.ROOT);
		boolean cached = lowerCase.equals("connection") || lowerCase.equals("transfer-encoding") || lowerCase.equals("expect");
		return lowerCase + "=" + (cached ? value.toLowerCase(Locale.ROOT) : value);
	}

	private static String printable(String text) {
		return text.replace("\r", "\\r").replace("\n", "\\n").replace("\0", "\\0");
	}

	/** What Jetty's parser reads. */
	private static final class Recorded implements HttpParser.RequestHandler {

		private String method;
		private final List<String> fields = new ArrayList<>();
		private boolean complete;
		private String refused;

		@Override
		public void startRequest(String newMethod, String uri, HttpVersion version) {
			method = newMethod;
		}

		@Override
		public void parsedHeader(HttpField read) {
			fields.add(field(read.getName(), read.getValue() == null ? "" : read.getValue()));
		}

		@Override
		public boolean headerComplete() {
			complete = true;
			return true;
		}

		@Override
		public boolean content(ByteBuffer item) {
			return true;
		}

		@Override
		public boolean contentComplete() {
			return true;
		}

		@Override
		public boolean messageComplete() {
			return true;
		}

		@Override
		public void badMessage(org.eclipse.jetty.http.HttpException failure) {
			refused = failure.getReason();
		}

		@Override
		public void earlyEOF() {
			refused = "early end";
		}
	}
}
