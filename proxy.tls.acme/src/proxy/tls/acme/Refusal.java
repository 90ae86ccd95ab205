package proxy.tls.acme;

/** The authority does not give what is asked for; the message says why. */
final class Refusal extends Exception {

	private static final long serialVersionUID = 1L;

	private final Trouble.Kind kind;

	/** A certificate for a domain. */
	Refusal(String reason) {
		this(Trouble.Kind.DOMAIN, reason);
	}

	Refusal(Trouble.Kind kind, String reason) {
		super(reason);
		this.kind = kind;
	}

	Trouble.Kind kind() {
		return kind;
	}
}
