package proxy.http1;

import proxy.api.http.FieldSection;
import proxy.api.http.HttpVersion;
import proxy.api.http.ResponseHead;

/** Response heads (RFC 9112 sections 4 and 5). One parser may be used for many connections of one thread. */
public final class ResponseParser {

	/** More bytes are needed. */
	public static final int INCOMPLETE = FieldParser.INCOMPLETE;

	private static final byte[] VERSION = {'H', 'T', 'T', 'P', '/', '1', '.'};

	private HttpVersion version;

	/**
	 * Parses the head that stands at the start of the fields' array.
	 *
	 * @param end how many octets of the array have been received
	 * @return how many octets the head takes, or {@link #INCOMPLETE}
	 */
	public int parse(ResponseHead head, int end) throws MessageException {
		FieldSection fields = head.fields();
		byte[] bytes = fields.bytes();
		fields.clear(end);
		for (int i = 0; i < VERSION.length && i < end; i++) {
			if (bytes[i] != VERSION[i]) {
				throw MessageException.bad("not an HTTP/1 response");
			}
		}
		// HTTP/1.1 SP 3DIGIT [ SP reason ] CRLF; the space before an absent reason is often absent too
		if (end < 14) {
			return INCOMPLETE;
		}
		int minor = bytes[7] - '0';
		if (minor < 0 || minor > 9 || bytes[8] != ' ') {
			throw MessageException.bad("not a status line");
		}
		version = minor == 0 ? HttpVersion.HTTP_1_0 : HttpVersion.HTTP_1_1;
		int status = 0;
		for (int i = 9; i < 12; i++) {
			int digit = bytes[i] - '0';
			if (digit < 0 || digit > 9) {
				throw MessageException.bad("not a status code");
			}
			status = status * 10 + digit;
		}
		if (status < 100 || bytes[12] != ' ' && bytes[12] != '\r') {
			throw MessageException.bad("not a status code");
		}
		int at = 12;
		while (at < end && Octets.isValue(bytes[at])) {
			at++;
		}
		if (at + 1 >= end) {
			return INCOMPLETE;
		}
		if (bytes[at] != '\r' || bytes[at + 1] != '\n') {
			throw MessageException.bad("control octet in the status line");
		}
		head.status(status);
		return FieldParser.parse(fields, at + 2, end);
	}

	/** The version of the response parsed last. */
	public HttpVersion version() {
		return version;
	}
}
