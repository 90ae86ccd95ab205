package proxy.discovery.docker;

import java.io.IOException;

/** The engine has answered, but not with what it was asked for. */
final class AnswerException extends IOException {

	private static final long serialVersionUID = 1L;

	AnswerException(String reason) {
		super(reason);
	}

	AnswerException(String reason, Throwable cause) {
		super(reason, cause);
	}
}
