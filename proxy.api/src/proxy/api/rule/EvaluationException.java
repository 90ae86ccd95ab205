package proxy.api.rule;

/** An expression that has no value for a request. Carries no stack trace: it is made on the request path. */
public final class EvaluationException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public EvaluationException(String message) {
		super(message, null, false, false);
	}
}
