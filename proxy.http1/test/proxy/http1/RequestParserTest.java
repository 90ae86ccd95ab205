package proxy.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import proxy.api.http.Failure;
import proxy.api.http.FieldSection;
import proxy.api.http.HttpVersion;
import proxy.api.http.RequestHead;

class RequestParserTest {

	private final RequestHead head = new RequestHead(new FieldSection());

	private int parse(String text) throws MessageException {
		byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
		FieldSection fields = head.fields();
		fields.clear();
		System.arraycopy(octets, 0, fields.reserve(octets.length), 0, octets.length);
		return RequestParser.parse(head, octets.length);
	}

	@Test
	void readsTheControlDataAndTheFieldsAsTheyAre() throws MessageException {
		String text = "GET /a%2Fb/..;/|[x]?q=%ff&q=%FF HTTP/1.1\r\nHost: Example.com:8080\r\nX-Odd:  a\tb \r\nempty:\r\n\r\n";
		assertEquals(text.length(), parse(text + "next"));
		assertEquals("GET", head.method());
		assertEquals("/a%2Fb/..;/|[x]?q=%ff&q=%FF", head.target());
		assertEquals("/a%2Fb/..;/|[x]", head.path());
		assertEquals("q=%ff&q=%FF", head.query());
		assertEquals("Example.com:8080", head.authority());
		assertEquals(HttpVersion.HTTP_1_1, head.version());
		assertEquals(3, head.fields().size());
		assertEquals("X-Odd", head.fields().name(1));
		assertEquals("a\tb", head.fields().value(1));
		assertEquals("", head.fields().value(2));
		assertEquals(0, head.contentLength());
	}

	@Test
	void keepsEveryOctetThatATargetMayHold() throws MessageException {
		StringBuilder target = new StringBuilder("/");
		for (char octet = 0x21; octet <= 0xFF; octet++) {
			if (octet != 0x7F && octet != '#') {
				target.append(octet);
			}
		}
		parse("GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n");
		assertEquals(target.toString(), head.target());
	}

	@Test
	void wantsMoreForEveryPrefixOfARequest() throws MessageException {
		String text = "\r\nPOST /path HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nX: y\r\n\r\n";
		for (int length = 0; length < text.length(); length++) {
			assertEquals(RequestParser.INCOMPLETE, parse(text.substring(0, length)), "after " + length + " octets");
		}
		assertEquals(text.length(), parse(text));
		assertEquals(5, head.contentLength());
	}

	@Test
	void takesTheAuthorityOfAnAbsoluteTargetForTheHost() throws MessageException {
		parse("GET http://real.example:81/p?q HTTP/1.1\r\nHost: other.example\r\n\r\n");
		assertEquals("real.example:81", head.authority());
		assertEquals("/p?q", head.target());
	}

	@ParameterizedTest
	@CsvSource({
		"GET, http://real.example, real.example, /",
		"GET, HTTPS://real.example:81, real.example:81, /",
		"GET, http://[::1]?, [::1], /?",
		"GET, http://real.example?x=/1, real.example, /?x=/1",
		"OPTIONS, http://real.example:81, real.example:81, *",
		"OPTIONS, http://real.example?x, real.example, /?x",
		"OPTIONS, http://real.example/, real.example, /",
	})
	void takesNoPathForTheRootOrForTheWholeServer(String method, String target, String authority, String origin)
			throws MessageException {
		parse(method + " " + target + " HTTP/1.1\r\nHost: other.example\r\nX: y\r\n\r\n");
		assertEquals(authority, head.authority());
		assertEquals(origin, head.target());
		assertEquals("Host: other.example\nX: y\n", head.fields().toString());
	}

	@Test
	void allowsHttp10WithoutHost() throws MessageException {
		parse("GET / HTTP/1.0\r\n\r\n");
		assertEquals(HttpVersion.HTTP_1_0, head.version());
		assertEquals("", head.authority());
	}

	@Test
	void tellsChunkedContentByItsUnknownLength() throws MessageException {
		parse("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: Chunked\r\n\r\n");
		assertEquals(RequestHead.UNKNOWN_LENGTH, head.contentLength());
	}

	@ParameterizedTest
	@ValueSource(strings = {
		"GET /x\r\nHost: h\r\n\r\n",
		"GET  /x HTTP/1.1\r\nHost: h\r\n\r\n",
		"GET /x y HTTP/1.1\r\nHost: h\r\n\r\n",
		"GET\t/x HTTP/1.1\r\nHost: h\r\n\r\n",
		"G@T /x HTTP/1.1\r\nHost: h\r\n\r\n",
		"GET /\u0000 HTTP/1.1\r\nHost: h\r\n\r\n",
		"GET /x HTTP/1.1\nHost: h\n\n",
		"GET /x HTTP/1.1\r\nHost: h\n\r\n",
		"GET /x HTTP/1.1\r\nHost: h\r\n\n",
		"GET /x HTTP/1.1\r\nHost: h\r\n folded\r\n\r\n",
		"GET /x HTTP/1.1\r\nHost : h\r\n\r\n",
		"GET /x HTTP/1.1\r\nHost: h\r\n: empty\r\n\r\n",
		"GET /x HTTP/1.1\r\nHost: h\r\nno colon\r\n\r\n",
		"GET /x HTTP/1.1\r\nHost: h\r\nX: a\rb\r\n\r\n",
		"GET /x HTTP/1.1\r\nHost: h\r\nX: a\u0000b\r\n\r\n",
		"GET /x HTTP/1.1\r\nHost: h\r\nHost: h\r\n\r\n",
		"GET /x HTTP/1.1\r\nHost: a b\r\n\r\n",
		"GET /x HTTP/1.1\r\nHost: a/b\r\n\r\n",
		"GET /x HTTP/1.1\r\nHost: a:8x\r\n\r\n",
		"GET /x HTTP/1.1\r\n\r\n",
		"GET x HTTP/1.1\r\nHost: h\r\n\r\n",
		"GET * HTTP/1.1\r\nHost: h\r\n\r\n",
		"GET ftp://h/x HTTP/1.1\r\nHost: h\r\n\r\n",
		"GET http:// HTTP/1.1\r\nHost: h\r\n\r\n",
		"GET http://?x HTTP/1.1\r\nHost: h\r\n\r\n",
		"GET http://a@h HTTP/1.1\r\nHost: h\r\n\r\n",
		"GET /x#y HTTP/1.1\r\nHost: h\r\n\r\n",
		"POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n",
		"POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: +5\r\n\r\n",
		"POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 5, 5\r\n\r\n",
		"POST /x HTTP/1.1\r\nHost: h\r\nContent-Length:\r\n\r\n",
		"POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999999999999\r\n\r\n",
		"POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n",
		"POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
		"POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: identity\r\n\r\n",
		"POST /x HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n",
	})
	void refusesWhatTwoRecipientsCouldReadDifferently(String text) {
		MessageException refused = assertThrows(MessageException.class, () -> parse(text));
		assertEquals(Failure.BAD_REQUEST, refused.failure());
	}

	@ParameterizedTest
	@CsvSource({
		"GET / HTTP/2.0, VERSION_NOT_SUPPORTED",
		"GET / HTTP/3, VERSION_NOT_SUPPORTED",
		"GET / HTTP/1.2, VERSION_NOT_SUPPORTED",
		"CONNECT h:443 HTTP/1.1, METHOD_NOT_SUPPORTED",
		"TRACE / HTTP/1.1, METHOD_NOT_SUPPORTED",
	})
	void saysWhyARequestCannotBeAnswered(String line, Failure failure) {
		MessageException refused =
				assertThrows(MessageException.class, () -> parse(line + "\r\nHost: h\r\n\r\n"));
		assertEquals(failure, refused.failure());
	}

	@Test
	void refusesMoreFieldsThanAnybodyNeeds() {
		String text = "GET / HTTP/1.1\r\nHost: h\r\n" + "a: b\r\n".repeat(300) + "\r\n";
		MessageException refused = assertThrows(MessageException.class, () -> parse(text));
		assertEquals(Failure.HEAD_TOO_LARGE, refused.failure());
	}
}
