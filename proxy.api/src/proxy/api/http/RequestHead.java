package proxy.api.http;

import java.nio.charset.StandardCharsets;

/**
 * A request's control data and header section (RFC 9110 section 6), validated by the gateway: the method is a token, the
 * target has no white space or control octets, there is at most one Host and it agrees with the authority, and the
 * content's length is unambiguous.
 *
 * <p>The target is slices of {@link FieldSection#bytes() the fields' array}, octet for octet as sent. Lives as long as
 * its exchange; for the exchange's loop only.
 */
public final class RequestHead {

	/** {@link #contentLength()} of content whose length shows only at its end. */
	public static final long UNKNOWN_LENGTH = -1;

	private final FieldSection fields;
	private String method;
	private HttpVersion version;
	private int targetStart;
	private int targetEnd;
	private int authorityStart;
	private int authorityEnd;
	private long contentLength;

	public RequestHead(FieldSection fields) {
		this.fields = fields;
	}

	/** For the gateway's parsers: sets the control data; offsets are into the fields' array. */
	public void set(String newMethod, HttpVersion newVersion, int newTargetStart, int newTargetEnd) {
		method = newMethod;
		version = newVersion;
		targetStart = newTargetStart;
		targetEnd = newTargetEnd;
		authorityStart = 0;
		authorityEnd = 0;
		contentLength = 0;
	}

	/** For the gateway's parsers: where the authority stands in the fields' array. */
	public void authority(int start, int end) {
		authorityStart = start;
		authorityEnd = end;
	}

	/** For the gateway's parsers: see {@link #contentLength()}. */
	public void contentLength(long length) {
		contentLength = length;
	}

	public FieldSection fields() {
		return fields;
	}

	/** The method, as sent; methods are case-sensitive. */
	public String method() {
		return method;
	}

	public HttpVersion version() {
		return version;
	}

	/** Offset of the target's first octet: origin-form ({@code /path?query}), or {@code *}. */
	public int targetStart() {
		return targetStart;
	}

	public int targetEnd() {
		return targetEnd;
	}

	/** The request target in origin-form, as sent. */
	public String target() {
		return string(targetStart, targetEnd);
	}

	/** The target up to the first question mark, as sent. */
	public String path() {
		return string(targetStart, pathEnd());
	}

	/** What follows the first question mark, as sent; "" when there is none. */
	public String query() {
		int pathEnd = pathEnd();
		return pathEnd == targetEnd ? "" : string(pathEnd + 1, targetEnd);
	}

	/** Offset of the target's first question mark, or its end. */
	public int pathEnd() {
		byte[] bytes = fields.bytes();
		for (int i = targetStart; i < targetEnd; i++) {
			if (bytes[i] == '?') {
				return i;
			}
		}
		return targetEnd;
	}

	/** Offset of the authority (host and port as sent) in the fields' array; equal to the end when there is none. */
	public int authorityStart() {
		return authorityStart;
	}

	public int authorityEnd() {
		return authorityEnd;
	}

	/** Host and port as the client sent them: from {@code :authority}, an absolute-form target, or Host; "" when there is none. */
	public String authority() {
		return string(authorityStart, authorityEnd);
	}

	/** The content's length in octets: 0 for no content, {@link #UNKNOWN_LENGTH} when it shows only at the end. */
	public long contentLength() {
		return contentLength;
	}

	public boolean hasContent() {
		return contentLength != 0;
	}

	private String string(int start, int end) {
		return new String(fields.bytes(), start, end - start, StandardCharsets.ISO_8859_1);
	}
}
