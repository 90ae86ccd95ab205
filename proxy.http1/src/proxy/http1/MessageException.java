package proxy.http1;

import proxy.api.http.Failure;

/** A message that is not HTTP/1.1 as this package accepts it. Carries no stack trace: it is made on the request path. */
public final class MessageException extends Exception {

	private static final long serialVersionUID = 1L;

	private final transient Failure failure;

	public MessageException(Failure failure, String reason) {
		super(reason, null, false, false);
		this.failure = failure;
	}

	static MessageException bad(String reason) {
		return new MessageException(Failure.BAD_REQUEST, reason);
	}

	/** What it means when the message is a request; for a response every such failure is a bad one. */
	public Failure failure() {
		return failure;
	}
}
