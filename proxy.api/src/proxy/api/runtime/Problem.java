package proxy.api.runtime;

/**
 * Something configured that is not in force.
 *
 * @param setting the path of the setting as in the configuration file, such as {@code services.api.route}
 * @param reason what is wrong, for people
 */
public record Problem(String setting, String reason) {

	/**
	 * What the examination of an entry's settings has thrown.
	 *
	 * @param entry the path of the entry, which may have a colon in it; the setting is the entry or one of its own
	 * @param refused with a message as {@link #toString()} makes it
	 */
	public static Problem of(String entry, IllegalArgumentException refused) {
		String message = refused.getMessage();
		int colon = message.indexOf(": ", entry.length());
		return new Problem(message.substring(0, colon), message.substring(colon + 2));
	}

	@Override
	public String toString() {
		return setting + ": " + reason;
	}
}
