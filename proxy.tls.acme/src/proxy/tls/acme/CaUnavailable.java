package proxy.tls.acme;

import java.io.IOException;
import java.time.Instant;

/** The authority answered that it cannot serve now (a status of 500 or above). */
final class CaUnavailable extends IOException {

	private static final long serialVersionUID = 1L;

	private final transient Instant retryAfter;

	/** @param retryAfter when it wants to be asked again, or null */
	CaUnavailable(int status, Instant retryAfter) {
		super("it answered with the status " + status);
		this.retryAfter = retryAfter;
	}

	Instant retryAfter() {
		return retryAfter;
	}
}
