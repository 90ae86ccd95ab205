package proxy.http1;

import proxy.api.http.Failure;
import proxy.api.http.Field;
import proxy.api.http.FieldSection;
import proxy.api.http.HttpVersion;
import proxy.api.http.RequestHead;

/** Request heads (RFC 9112 sections 3 and 5). */
public final class RequestParser {

	/** More bytes are needed. */
	public static final int INCOMPLETE = FieldParser.INCOMPLETE;

	private static final String[] METHODS = {
		"GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "CONNECT", "TRACE"
	};
	private static final int MAX_METHOD = 32;
	private static final byte[] VERSION = {'H', 'T', 'T', 'P', '/', '1', '.'};

	private RequestParser() {}

	/**
	 * Parses the head that stands at the start of the fields' array. The target is given in origin-form, whatever form it
	 * came in; authority and content length are set.
	 *
	 * @param end how many octets of the array have been received
	 * @return how many octets the head takes, or {@link #INCOMPLETE}; then nothing of the head is of use
	 * @throws MessageException when it is not a request that can be answered
	 */
	public static int parse(RequestHead head, int end) throws MessageException {
		FieldSection fields = head.fields();
		byte[] bytes = fields.bytes();
		fields.clear(end);
		int at = 0;
		// RFC 9112 section 2.2: an empty line before the request line is ignored
		if (end >= 2 && bytes[0] == '\r' && bytes[1] == '\n') {
			at = 2;
		}
		int methodStart = at;
		while (at < end && Octets.isToken(bytes[at])) {
			at++;
		}
		if (at >= end) {
			return at - methodStart > MAX_METHOD ? badMethod() : INCOMPLETE;
		}
		if (bytes[at] != ' ' || at == methodStart || at - methodStart > MAX_METHOD) {
			if (bytes[at] == '\r' && at == methodStart && at + 1 >= end) {
				return INCOMPLETE;
			}
			return badMethod();
		}
		String method = method(bytes, methodStart, at);
		int targetStart = ++at;
		while (at < end && Octets.isTarget(bytes[at])) {
			at++;
		}
		if (at >= end) {
			return INCOMPLETE;
		}
		if (bytes[at] != ' ' || at == targetStart) {
			throw MessageException.bad("not a request target");
		}
		int targetEnd = at++;
		if (at + 10 > end) {
			return prefixOfVersion(bytes, at, end);
		}
		HttpVersion version = version(bytes, at);
		int headEnd = FieldParser.parse(fields, at + 10, end);
		if (headEnd == INCOMPLETE) {
			return INCOMPLETE;
		}
		head.set(method, version, targetStart, targetEnd);
		authority(head, bytes, targetStart, targetEnd);
		long length = ContentLength.of(fields);
		if (length == ContentLength.CHUNKED && version == HttpVersion.HTTP_1_0) {
			throw MessageException.bad("Transfer-Encoding in HTTP/1.0");
		}
		head.contentLength(length == ContentLength.NONE ? 0 : length);
		return headEnd;
	}

	private static int badMethod() throws MessageException {
		throw MessageException.bad("not a method");
	}

	/** Well-known methods are given as constants, so that no string is made and they may be compared by identity. */
	public static String method(byte[] bytes, int start, int end) {
		for (String known : METHODS) {
			if (Octets.is(bytes, start, end, known)) {
				return known;
			}
		}
		return new String(bytes, start, end - start, java.nio.charset.StandardCharsets.US_ASCII);
	}

	private static int prefixOfVersion(byte[] bytes, int at, int end) throws MessageException {
		for (int i = at; i < end && i - at < VERSION.length; i++) {
			if (bytes[i] != VERSION[i - at]) {
				throw badVersion(bytes, at, end);
			}
		}
		return INCOMPLETE;
	}

	private static HttpVersion version(byte[] bytes, int at) throws MessageException {
		for (int i = 0; i < VERSION.length; i++) {
			if (bytes[at + i] != VERSION[i]) {
				throw badVersion(bytes, at, at + 10);
			}
		}
		int minor = bytes[at + 7];
		if (bytes[at + 8] != '\r' || bytes[at + 9] != '\n' || minor < '0' || minor > '9') {
			throw MessageException.bad("not an HTTP version");
		}
		if (minor > '1') {
			throw new MessageException(Failure.VERSION_NOT_SUPPORTED, "HTTP/1." + (char) minor);
		}
		return minor == '0' ? HttpVersion.HTTP_1_0 : HttpVersion.HTTP_1_1;
	}

	private static MessageException badVersion(byte[] bytes, int at, int end) {
		boolean http = end - at >= 6 && bytes[at] == 'H' && bytes[at + 1] == 'T' && bytes[at + 2] == 'T'
				&& bytes[at + 3] == 'P' && bytes[at + 4] == '/';
		return http
				? new MessageException(Failure.VERSION_NOT_SUPPORTED, "not HTTP/1")
				: MessageException.bad("not an HTTP version");
	}

	private static void authority(RequestHead head, byte[] bytes, int targetStart, int targetEnd)
			throws MessageException {
		FieldSection fields = head.fields();
		int host = -1;
		for (int i = 0; i < fields.size(); i++) {
			if (fields.field(i) == Field.HOST) {
				if (host >= 0) {
					throw MessageException.bad("more than one Host");
				}
				host = i;
			}
		}
		if (host < 0 && head.version() != HttpVersion.HTTP_1_0) {
			throw MessageException.bad("no Host");
		}
		if (host >= 0) {
			head.authority(fields.valueStart(host), fields.valueEnd(host));
			Authority.check(bytes, fields.valueStart(host), fields.valueEnd(host));
		}
		if (head.method() == "CONNECT" || head.method() == "TRACE") {
			throw new MessageException(Failure.METHOD_NOT_SUPPORTED, head.method() + " is not for a reverse proxy");
		}
		byte first = bytes[targetStart];
		if (first == '/') {
			return;
		}
		if (first == '*' && targetEnd - targetStart == 1 && head.method() == "OPTIONS") {
			return;
		}
		absoluteForm(head, bytes, targetStart, targetEnd);
	}

	/** RFC 9112 section 3.2.2: the target's authority replaces Host; the origin server gets origin-form. */
	private static void absoluteForm(RequestHead head, byte[] bytes, int start, int end) throws MessageException {
		int authority;
		if (end - start > 7 && Field.equalsIgnoreCase(bytes, start, start + 7, "http://")) {
			authority = start + 7;
		} else if (end - start > 8 && Field.equalsIgnoreCase(bytes, start, start + 8, "https://")) {
			authority = start + 8;
		} else {
			throw MessageException.bad("the request target is neither a path nor an http URI");
		}
		int path = authority;
		while (path < end && bytes[path] != '/' && bytes[path] != '?') {
			path++;
		}
		if (path == authority) {
			throw MessageException.bad("the request target has no authority");
		}
		Authority.check(bytes, authority, path);
		if (path < end && bytes[path] == '/') {
			head.set(head.method(), head.version(), path, end);
			head.authority(authority, path);
		} else {
			emptyPath(head, bytes, authority, path, end);
		}
	}

	/**
	 * RFC 9110 section 4.2.3: no path is the path {@code /}, which gets its octet from the authority moving over a slash in front of
	 * it; but {@code OPTIONS} without path and query is about the server as a whole (RFC 9112 section 3.2.4).
	 */
	private static void emptyPath(RequestHead head, byte[] bytes, int authority, int query, int end) {
		System.arraycopy(bytes, authority, bytes, authority - 1, query - authority);
		bytes[query - 1] = (byte) (query == end && head.method() == "OPTIONS" ? '*' : '/');
		head.set(head.method(), head.version(), query - 1, end);
		head.authority(authority - 1, query - 1);
	}
}
