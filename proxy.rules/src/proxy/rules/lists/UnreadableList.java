package proxy.rules.lists;

/** A file that is no list, and why. */
final class UnreadableList extends Exception {

	private static final long serialVersionUID = 1L;

	UnreadableList(String reason) {
		super(reason);
	}
}
