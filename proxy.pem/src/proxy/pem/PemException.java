package proxy.pem;

/** A certificate or key that cannot be used. The message is for people and says why, without a place. */
public final class PemException extends Exception {

	private static final long serialVersionUID = 1L;

	public PemException(String reason) {
		super(reason);
	}

	PemException(String reason, Throwable cause) {
		super(reason, cause);
	}
}
