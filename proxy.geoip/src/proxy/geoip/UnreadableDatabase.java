package proxy.geoip;

/** A file that is no database, or none that says anything of clients, and why. */
final class UnreadableDatabase extends Exception {

	private static final long serialVersionUID = 1L;

	UnreadableDatabase(String reason) {
		super(reason);
	}
}
