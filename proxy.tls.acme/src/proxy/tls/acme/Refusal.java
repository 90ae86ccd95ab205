package proxy.tls.acme;

/** The authority does not give a certificate for a domain; the message says why. */
final class Refusal extends Exception {

	private static final long serialVersionUID = 1L;

	Refusal(String reason) {
		super(reason);
	}
}
