package proxy.api.runtime;

/**
 * Something configured that is not in force.
 *
 * @param setting the path of the setting as in the configuration file, such as {@code services.api.route}
 * @param reason what is wrong, for people
 */
public record Problem(String setting, String reason) {

	@Override
	public String toString() {
		return setting + ": " + reason;
	}
}
