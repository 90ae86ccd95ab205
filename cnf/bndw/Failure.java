/** Ends the build with a message for its user, and no stack trace. */
final class Failure extends RuntimeException {

	private static final long serialVersionUID = 1;

	Failure(String message) {
		super(message);
	}
}
