package proxy.http1;

/** Host and port, as in Host and {@code :authority} (RFC 9110 section 7.2). */
public final class Authority {

	private Authority() {}

	/** @throws MessageException unless the octets are {@code host [":" port]} or nothing */
	public static void check(byte[] bytes, int start, int end) throws MessageException {
		if (end - start > 262) {
			throw MessageException.bad("the host is too long");
		}
		int at = start;
		if (at < end && bytes[at] == '[') {
			while (at < end && bytes[at] != ']') {
				at++;
			}
			if (at == end) {
				throw MessageException.bad("the host's bracket is not closed");
			}
			at++;
		} else {
			while (at < end && bytes[at] != ':') {
				if (!Octets.isHost(bytes[at]) || bytes[at] == '[' || bytes[at] == ']') {
					throw MessageException.bad("not a host");
				}
				at++;
			}
		}
		for (int i = start; i < at; i++) {
			if (!Octets.isHost(bytes[i])) {
				throw MessageException.bad("not a host");
			}
		}
		if (at == end) {
			return;
		}
		if (bytes[at] != ':' || at == start || end - at > 6) {
			throw MessageException.bad("not a host and port");
		}
		for (int i = at + 1; i < end; i++) {
			if (bytes[i] < '0' || bytes[i] > '9') {
				throw MessageException.bad("not a port");
			}
		}
	}
}
