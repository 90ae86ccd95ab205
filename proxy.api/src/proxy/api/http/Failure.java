package proxy.api.http;

/** Everything that can keep an exchange from its proper response, with who is at fault and the status that says so. */
public enum Failure {
	BAD_REQUEST(Origin.CLIENT, 400, "Bad Request"),
	REQUEST_TIMEOUT(Origin.CLIENT, 408, "Request Timeout"),
	CONTENT_TOO_LARGE(Origin.CLIENT, 413, "Content Too Large"),
	TARGET_TOO_LONG(Origin.CLIENT, 414, "URI Too Long"),
	EXPECTATION_FAILED(Origin.CLIENT, 417, "Expectation Failed"),
	MISDIRECTED(Origin.CLIENT, 421, "Misdirected Request"),
	HEAD_TOO_LARGE(Origin.CLIENT, 431, "Request Header Fields Too Large"),
	METHOD_NOT_SUPPORTED(Origin.CLIENT, 501, "Not Implemented"),
	VERSION_NOT_SUPPORTED(Origin.CLIENT, 505, "HTTP Version Not Supported"),
	/** The client closed, reset or cancelled before it had its response; nothing can be sent. */
	CLIENT_GONE(Origin.CLIENT, 499, "Client Closed Request"),
	/** The client stopped taking its response. */
	CLIENT_STALLED(Origin.CLIENT, 499, "Client Stalled"),

	FORBIDDEN(Origin.GATEWAY, 403, "Permission Denied"),
	NO_ROUTE(Origin.GATEWAY, 404, "Not Found."),
	INTERNAL(Origin.GATEWAY, 500, "Internal Server Error"),
	NO_UPSTREAM(Origin.GATEWAY, 503, "Service Unavailable"),
	OVERLOADED(Origin.GATEWAY, 503, "Service Unavailable"),

	CONNECT_FAILED(Origin.UPSTREAM, 502, "Bad Gateway"),
	CONNECT_TIMEOUT(Origin.UPSTREAM, 504, "Gateway Timeout"),
	UPSTREAM_CLOSED(Origin.UPSTREAM, 502, "Bad Gateway"),
	BAD_RESPONSE(Origin.UPSTREAM, 502, "Bad Gateway"),
	RESPONSE_TIMEOUT(Origin.UPSTREAM, 504, "Gateway Timeout");

	/** Who is at fault. */
	public enum Origin {
		CLIENT,
		GATEWAY,
		UPSTREAM
	}

	private final Origin origin;
	private final int status;
	private final String reason;

	Failure(Origin origin, int status, String reason) {
		this.origin = origin;
		this.status = status;
		this.reason = reason;
	}

	public Origin origin() {
		return origin;
	}

	/** The status code that a client sees if nothing has been sent to it yet. */
	public int status() {
		return status;
	}

	/** For the response's content: "502 Bad Gateway" is status and reason. */
	public String reason() {
		return reason;
	}
}
