package proxy.http1;

import proxy.api.http.Failure;
import proxy.api.http.FieldSection;

/** Field lines up to the empty line that ends a section (RFC 9112 section 5). */
final class FieldParser {

	/** More bytes are needed. */
	static final int INCOMPLETE = -1;

	/** More lines than any client has a use for; every line costs an index entry. */
	private static final int MAX_FIELDS = 256;

	private FieldParser() {}

	/**
	 * Adds the fields whose octets stand in the section's array from the offset on.
	 *
	 * @return the offset behind the empty line, or {@link #INCOMPLETE}; then the section has a part of the fields
	 */
	static int parse(FieldSection fields, int from, int end) throws MessageException {
		byte[] bytes = fields.bytes();
		int at = from;
		while (true) {
			if (at >= end) {
				return INCOMPLETE;
			}
			byte first = bytes[at];
			if (first == '\r') {
				if (at + 1 >= end) {
					return INCOMPLETE;
				}
				if (bytes[at + 1] != '\n') {
					throw MessageException.bad("CR without LF");
				}
				return at + 2;
			}
			int nameStart = at;
			while (at < end && Octets.isToken(bytes[at])) {
				at++;
			}
			if (at >= end) {
				return INCOMPLETE;
			}
			if (bytes[at] != ':' || at == nameStart) {
				throw MessageException.bad("not a field name");
			}
			int nameEnd = at++;
			while (at < end && (bytes[at] == ' ' || bytes[at] == '\t')) {
				at++;
			}
			int valueStart = at;
			while (at < end && Octets.isValue(bytes[at])) {
				at++;
			}
			if (at + 1 >= end) {
				return at < end && bytes[at] != '\r' ? badValue() : INCOMPLETE;
			}
			if (bytes[at] != '\r' || bytes[at + 1] != '\n') {
				return badValue();
			}
			int valueEnd = at;
			while (valueEnd > valueStart && (bytes[valueEnd - 1] == ' ' || bytes[valueEnd - 1] == '\t')) {
				valueEnd--;
			}
			if (fields.size() == MAX_FIELDS) {
				throw new MessageException(Failure.HEAD_TOO_LARGE, "more than " + MAX_FIELDS + " fields");
			}
			fields.addSlice(nameStart, nameEnd, valueStart, valueEnd);
			at += 2;
		}
	}

	private static int badValue() throws MessageException {
		throw MessageException.bad("control octet in a field value");
	}
}
