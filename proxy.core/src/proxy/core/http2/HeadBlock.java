package proxy.core.http2;

import proxy.api.http.Failure;
import proxy.api.http.Field;
import proxy.api.http.FieldSection;
import proxy.api.http.HttpVersion;
import proxy.api.http.RequestHead;
import proxy.core.http.Expectation;
import proxy.http1.Authority;
import proxy.http1.ContentLength;
import proxy.http1.MessageException;
import proxy.http1.RequestParser;
import proxy.http1.Octets;

/**
 * A field block while it is decoded, and what it amounts to (RFC 9113 section 8). A block that is malformed or too large
 * is decoded to its end all the same, because the decoder's table depends on it, but nothing of it is kept.
 */
final class HeadBlock {

	private static final int MAX_LINES = 256;
	/** RFC 9113 section 6.5.2: what a field counts beyond its octets. */
	private static final int LINE_OVERHEAD = 32;
	/** So many times the limit is decoded for the table's sake; more is an attack. */
	private static final int PATIENCE = 4;

	private static final int MAX_METHOD = 32;

	private final FieldSection nowhere = new FieldSection(new byte[0]);
	private FieldSection fields;
	private boolean trailers;
	private int limit;
	private long size;
	private int lines;
	private boolean tooLarge;
	private boolean malformed;
	private boolean regular;
	private String method;
	private boolean scheme;
	private int pathStart;
	private int pathEnd;
	private int authorityStart;
	private int authorityEnd;
	private int hosts;
	private int cookies;

	/** A request's head comes. */
	void beginRequest(FieldSection into, int maxSize) {
		begin(into, maxSize);
		trailers = false;
		method = null;
		scheme = false;
		pathEnd = 0;
		authorityEnd = 0;
		hosts = 0;
		cookies = 0;
	}

	/** A trailer section comes. */
	void beginTrailers(FieldSection into, int maxSize) {
		begin(into, maxSize);
		trailers = true;
	}

	/** Something comes that nobody wants. */
	void beginNothing(int maxSize) {
		begin(nowhere, maxSize);
		malformed = true;
	}

	private void begin(FieldSection into, int maxSize) {
		fields = into;
		fields.clear();
		limit = maxSize;
		size = 0;
		lines = 0;
		tooLarge = false;
		malformed = false;
		regular = false;
	}

	FieldSection fields() {
		return fields;
	}

	/** Counts a field; true when it is to be told by {@link #field}. */
	boolean takes(int nameLength, int valueLength) throws Http2Exception {
		size += nameLength + valueLength + LINE_OVERHEAD;
		lines++;
		if (size > limit || lines > MAX_LINES) {
			tooLarge = true;
			if (size > (long) limit * PATIENCE || lines > MAX_LINES * PATIENCE) {
				throw new Http2Exception(ErrorCode.ENHANCE_YOUR_CALM, "far too large a field block");
			}
		}
		return !tooLarge && !malformed;
	}

	/** A field whose name and value stand one after the other behind what the section has in use. */
	void field(int start, int nameLength, int length) {
		byte[] bytes = fields.bytes();
		int nameEnd = start + nameLength;
		int end = start + length;
		if (nameLength == 0 || !Syntax.isValue(bytes, nameEnd, end)) {
			malformed = true;
		} else if (bytes[start] == ':') {
			malformed = trailers || regular || !pseudo(bytes, start, nameEnd, end);
			fields.advance(length);
		} else {
			regular = true;
			malformed = !Syntax.isName(bytes, start, nameEnd) || !regular(start, nameEnd, end);
		}
	}

	private boolean regular(int start, int nameEnd, int end) {
		fields.advance(end - start);
		fields.addSlice(start, nameEnd, nameEnd, end);
		int line = fields.size() - 1;
		int field = fields.field(line);
		switch (field) {
			case Field.CONNECTION, Field.KEEP_ALIVE, Field.PROXY_CONNECTION, Field.TRANSFER_ENCODING, Field.UPGRADE,
					Field.HTTP2_SETTINGS -> {
				return false;
			}
			case Field.TE -> {
				if (!fields.valueIs(line, "trailers")) {
					return false;
				}
			}
			case Field.COOKIE -> cookies++;
			case Field.HOST -> hosts++;
			default -> {
				// as it is
			}
		}
		if (trailers && (field == Field.CONTENT_LENGTH || field == Field.HOST || field == Field.TE)) {
			fields.remove(line);
		}
		return true;
	}

	/** RFC 9113 section 8.3.1: each of the four once. */
	private boolean pseudo(byte[] bytes, int start, int nameEnd, int end) {
		if (Octets.is(bytes, start, nameEnd, ":path")) {
			boolean first = pathEnd == 0;
			pathStart = nameEnd;
			pathEnd = end;
			return first;
		}
		if (Octets.is(bytes, start, nameEnd, ":method")) {
			boolean first = method == null;
			if (end - nameEnd > MAX_METHOD || !Syntax.isToken(bytes, nameEnd, end)) {
				return false;
			}
			method = RequestParser.method(bytes, nameEnd, end);
			return first;
		}
		if (Octets.is(bytes, start, nameEnd, ":scheme")) {
			boolean first = !scheme;
			scheme = true;
			return first && (Octets.is(bytes, nameEnd, end, "https") || Octets.is(bytes, nameEnd, end, "http"));
		}
		if (Octets.is(bytes, start, nameEnd, ":authority")) {
			boolean first = authorityEnd == 0;
			authorityStart = nameEnd;
			authorityEnd = end;
			return first;
		}
		return false;
	}

	/**
	 * Completes a request's head.
	 *
	 * @param ended whether no content follows
	 * @return null, or why it is none; {@link Failure#BAD_REQUEST} is a malformed one (RFC 9113 section 8.1.1)
	 */
	@SuppressWarnings("ReferenceEquality") // well-known methods are constants
	Failure request(RequestHead head, boolean ended) {
		if (malformed || tooLarge) {
			return malformed ? Failure.BAD_REQUEST : Failure.HEAD_TOO_LARGE;
		}
		if (method == "CONNECT" || method == "TRACE") {
			return Failure.METHOD_NOT_SUPPORTED;
		}
		if (method == null || !scheme || pathEnd == 0 || !isTarget()) {
			return Failure.BAD_REQUEST;
		}
		head.set(method, HttpVersion.HTTP_2, pathStart, pathEnd);
		try {
			authority(head);
			long length = ContentLength.of(fields);
			if (ended && length > 0) {
				return Failure.BAD_REQUEST;
			}
			head.contentLength(ended ? 0 : length == ContentLength.NONE ? RequestHead.UNKNOWN_LENGTH : length);
		} catch (MessageException malformedField) {
			return malformedField.failure();
		}
		if (cookies > 1) {
			joinCookies();
		}
		return Expectation.isKnown(fields) ? null : Failure.EXPECTATION_FAILED;
	}

	/** Whether the trailer section is one. */
	boolean isTrailers() {
		return !malformed && !tooLarge;
	}

	private boolean isTarget() {
		byte[] bytes = fields.bytes();
		if (pathStart == pathEnd) {
			return false;
		}
		boolean path = bytes[pathStart] == '/';
		boolean asterisk = bytes[pathStart] == '*' && pathEnd - pathStart == 1 && method.equals("OPTIONS");
		return (path || asterisk) && Syntax.isTarget(bytes, pathStart, pathEnd);
	}

	private void authority(RequestHead head) throws MessageException {
		int host = hosts == 0 ? -1 : fields.find(Field.HOST);
		if (authorityEnd == 0 && host >= 0) {
			authorityStart = fields.valueStart(host);
			authorityEnd = fields.valueEnd(host);
		}
		if (authorityStart >= authorityEnd || hosts > 1 || host >= 0 && !isAuthority(host)) {
			throw new MessageException(Failure.BAD_REQUEST, "no authority beyond doubt");
		}
		Authority.check(fields.bytes(), authorityStart, authorityEnd);
		head.authority(authorityStart, authorityEnd);
	}

	private boolean isAuthority(int line) {
		byte[] bytes = fields.bytes();
		int length = authorityEnd - authorityStart;
		int start = fields.valueStart(line);
		if (fields.valueEnd(line) - start != length) {
			return false;
		}
		for (int i = 0; i < length; i++) {
			if (Character.toLowerCase(bytes[authorityStart + i]) != Character.toLowerCase(bytes[start + i])) {
				return false;
			}
		}
		return true;
	}

	/** RFC 9113 section 8.2.3. */
	private void joinCookies() {
		int first = fields.find(Field.COOKIE);
		int nameStart = fields.nameStart(first);
		int nameEnd = fields.nameEnd(first);
		int start = fields.used();
		int line = first;
		while (line < fields.size()) {
			if (fields.field(line) != Field.COOKIE) {
				line++;
				continue;
			}
			int from = fields.valueStart(line);
			int length = fields.valueEnd(line) - from;
			byte[] bytes = fields.reserve(length + 2);
			int at = fields.used();
			if (at > start) {
				bytes[at++] = ';';
				bytes[at++] = ' ';
				fields.advance(2);
			}
			System.arraycopy(bytes, from, bytes, at, length);
			fields.advance(length);
			fields.remove(line);
		}
		fields.addSlice(nameStart, nameEnd, start, fields.used());
	}
}
