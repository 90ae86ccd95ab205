package proxy.core.http2;

/** The client broke the protocol: the connection ends (RFC 9113 section 5.4.1). Carries no stack trace. */
final class Http2Exception extends Exception {

	private static final long serialVersionUID = 1L;

	private final int code;

	Http2Exception(int code, String reason) {
		super(reason, null, false, false);
		this.code = code;
	}

	static Http2Exception protocol(String reason) {
		return new Http2Exception(ErrorCode.PROTOCOL_ERROR, reason);
	}

	static Http2Exception compression(String reason) {
		return new Http2Exception(ErrorCode.COMPRESSION_ERROR, reason);
	}

	/** One of {@link ErrorCode}. */
	int code() {
		return code;
	}
}
