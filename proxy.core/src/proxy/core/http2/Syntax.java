package proxy.core.http2;

import proxy.http1.Octets;

/** What control data, names and values may be made of (RFC 9113 sections 8.2.1 and 8.3.1). */
final class Syntax {

	private Syntax() {}

	/** What methods are made of. */
	static boolean isToken(byte[] bytes, int start, int end) {
		for (int i = start; i < end; i++) {
			if (!Octets.isToken(bytes[i])) {
				return false;
			}
		}
		return end > start;
	}

	/** What request targets are made of. */
	static boolean isTarget(byte[] bytes, int start, int end) {
		for (int i = start; i < end; i++) {
			if (!Octets.isTarget(bytes[i])) {
				return false;
			}
		}
		return end > start;
	}

	/** What names of fields are made of: a token without upper case. */
	static boolean isName(byte[] bytes, int start, int end) {
		for (int i = start; i < end; i++) {
			byte octet = bytes[i];
			if (!Octets.isToken(octet) || octet >= 'A' && octet <= 'Z') {
				return false;
			}
		}
		return end > start;
	}

	/** RFC 9113 section 8.2.1, and no other control octets. */
	static boolean isValue(byte[] bytes, int start, int end) {
		for (int i = start; i < end; i++) {
			if (!Octets.isValue(bytes[i])) {
				return false;
			}
		}
		return start == end || !isSpace(bytes[start]) && !isSpace(bytes[end - 1]);
	}

	private static boolean isSpace(byte octet) {
		return octet == ' ' || octet == '\t';
	}
}
