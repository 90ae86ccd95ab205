package proxy.core.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import proxy.api.http.Failure;
import proxy.api.http.FieldSection;
import proxy.api.http.HttpVersion;
import proxy.api.http.RequestHead;

class HeadBlockTest {

	private static final int LIMIT = 8 * 1024;
	private static final String[] PROPER = {":method", "GET", ":scheme", "https", ":authority", "example.org", ":path", "/"};

	private final HeadBlock block = new HeadBlock();
	private final RequestHead head = new RequestHead(new FieldSection());

	private Failure request(boolean ended, String... fields) throws Http2Exception {
		block.beginRequest(head.fields(), LIMIT);
		byte[] octets = FrameClient.block(fields);
		new HpackDecoder().decode(octets, octets.length, block);
		return block.request(head, ended);
	}

	/** A proper request with another value for a pseudo field, "-" for none, and more fields. */
	private Failure with(String pseudo, String value, String... more) throws Http2Exception {
		String[] fields = PROPER.clone();
		int at = Arrays.asList(PROPER).indexOf(pseudo);
		if (value.equals("-")) {
			fields = new String[PROPER.length - 2];
			System.arraycopy(PROPER, 0, fields, 0, at);
			System.arraycopy(PROPER, at + 2, fields, at, fields.length - at);
		} else {
			fields[at + 1] = value;
		}
		return request(true, concat(fields, more));
	}

	private static String[] concat(String[] first, String[] second) {
		String[] both = Arrays.copyOf(first, first.length + second.length);
		System.arraycopy(second, 0, both, first.length, second.length);
		return both;
	}

	private Failure and(String... more) throws Http2Exception {
		return request(true, concat(PROPER, more));
	}

	@Test
	void givesTheRequestOctetForOctet() throws Http2Exception {
		assertNull(with(":path", "/%7e/\u00e9?a=%00&b=//../", "user-agent", "x", "x-raw", "\u00ff\t."));
		assertSame("GET", head.method());
		assertSame(HttpVersion.HTTP_2, head.version());
		assertEquals("example.org", head.authority());
		assertEquals("/%7e/\u00e9?a=%00&b=//../", head.target());
		assertEquals("user-agent: x\nx-raw: \u00ff\t.\n", head.fields().toString());
		assertEquals(0, head.contentLength());
	}

	@ParameterizedTest
	@CsvSource({
		":method, -", ":method, ''", ":method, 'GE T'", ":method, 'GET /x'", ":method, (GET)",
		":scheme, -", ":scheme, ''", ":scheme, ftp", ":scheme, 'https://evil.example/?'",
		":authority, -", ":authority, ''", ":authority, a/b", ":authority, a b", ":authority, user@a", ":authority, a:b",
		":path, -", ":path, ''", ":path, x", ":path, '/a b'", ":path, *", ":path, http://h/",
	})
	void refusesAnImproperPseudoField(String name, String value) throws Http2Exception {
		assertEquals(Failure.BAD_REQUEST, with(name, value));
	}

	@ParameterizedTest
	@ValueSource(strings = {"\r\nx", "\n", "\0", "\r", "\u007f", " "})
	void refusesControlOctetsEverywhere(String octet) throws Http2Exception {
		for (String name : new String[] {":method", ":scheme", ":authority", ":path"}) {
			assertEquals(Failure.BAD_REQUEST, with(name, "/a" + octet + "b"), name);
		}
		assertEquals(Failure.BAD_REQUEST, and("x" + octet + "y", "z"));
		if (!octet.equals(" ")) {
			assertEquals(Failure.BAD_REQUEST, and("x", "y" + octet + "z"));
		}
		assertEquals(Failure.BAD_REQUEST, and("x", octet + "z"));
		assertEquals(Failure.BAD_REQUEST, and("x", "z" + octet));
	}

	@ParameterizedTest
	@CsvSource({
		":path, /again", ":method, GET", ":scheme, https", ":authority, example.org",
		":protocol, websocket", ":status, 200", ":, x",
		"connection, close", "keep-alive, 1", "proxy-connection, close", "transfer-encoding, chunked", "upgrade, h2c",
		"http2-settings, AAAA", "te, gzip", "te, 'trailers, gzip'",
		"Foo, a", "foo:, a", "'', a", "a:b, c",
		"host, other.example", "content-length, 5", "content-length, x", "content-length, -1", "content-length, '1,1'",
	})
	void refusesAnImproperField(String name, String value) throws Http2Exception {
		assertEquals(Failure.BAD_REQUEST, and(name, value));
	}

	@Test
	void refusesAPseudoFieldBehindOthers() throws Http2Exception {
		assertEquals(
				Failure.BAD_REQUEST,
				request(true, ":method", "GET", ":scheme", "https", ":authority", "h", "a", "b", ":path", "/"));
	}

	@Test
	void takesTheOneHostForTheAuthority() throws Http2Exception {
		assertNull(with(":authority", "-", "host", "a.example:8"));
		assertEquals("a.example:8", head.authority());
		assertEquals(Failure.BAD_REQUEST, with(":authority", "-", "host", "a", "host", "a"));
		assertNull(with(":authority", "A.example", "host", "a.EXAMPLE"));
		assertEquals(Failure.BAD_REQUEST, with(":authority", "a", "host", "a", "host", "a"));
	}

	@Test
	void takesAsteriskForOptionsOnly() throws Http2Exception {
		assertNull(request(true, ":method", "OPTIONS", ":scheme", "https", ":authority", "h", ":path", "*"));
		assertEquals("*", head.target());
	}

	@Test
	void takesTeTrailersAndExpectContinue() throws Http2Exception {
		assertNull(and("te", "trailers", "expect", "100-continue"));
		assertEquals(Failure.EXPECTATION_FAILED, and("expect", "coffee"));
	}

	@ParameterizedTest
	@ValueSource(strings = {"CONNECT", "TRACE"})
	void refusesMethodsThatAreNotForAReverseProxy(String method) throws Http2Exception {
		assertEquals(Failure.METHOD_NOT_SUPPORTED, with(":method", method));
	}

	@Test
	void joinsCookies() throws Http2Exception {
		assertNull(and("cookie", "a=1", "x", "y", "cookie", "b=2", "cookie", "c=\u00e9"));
		assertEquals("x: y\ncookie: a=1; b=2; c=\u00e9\n", head.fields().toString());
	}

	@Test
	void knowsTheContentsLength() throws Http2Exception {
		assertNull(request(false, PROPER));
		assertEquals(RequestHead.UNKNOWN_LENGTH, head.contentLength());
		assertNull(request(false, concat(PROPER, new String[] {"content-length", "17"})));
		assertEquals(17, head.contentLength());
		assertEquals(
				Failure.BAD_REQUEST,
				request(false, concat(PROPER, new String[] {"content-length", "5", "content-length", "5"})));
		assertNull(and("content-length", "0"));
	}

	@Test
	void countsOctetsAndLines() throws Http2Exception {
		assertEquals(Failure.HEAD_TOO_LARGE, and("x", "y".repeat(LIMIT)));
		assertNull(and("x", "y".repeat(LIMIT / 2)));
		String[] many = new String[2 * 257];
		Arrays.fill(many, "cookie");
		block.beginRequest(head.fields(), 1 << 20);
		byte[] octets = FrameClient.block(concat(PROPER, many));
		new HpackDecoder().decode(octets, octets.length, block);
		assertEquals(Failure.HEAD_TOO_LARGE, block.request(head, true));
	}

	private boolean trailers(String... fields) throws Http2Exception {
		block.beginTrailers(head.fields(), LIMIT);
		byte[] octets = FrameClient.block(fields);
		new HpackDecoder().decode(octets, octets.length, block);
		return block.isTrailers();
	}

	@Test
	void dropsFramingFieldsFromTrailers() throws Http2Exception {
		assertTrue(trailers("content-length", "99", "host", "evil.example", "te", "trailers", "x-sum", "1"));
		assertEquals("x-sum: 1\n", head.fields().toString());
	}

	@Test
	void refusesImproperTrailers() throws Http2Exception {
		assertFalse(trailers(":path", "/x"));
		assertFalse(trailers("X", "y"));
		assertFalse(trailers("connection", "close"));
		assertFalse(trailers("x", "y".repeat(LIMIT)));
	}
}
