package proxy.process;

/** A setting of the child process that cannot be used. */
final class WrongSettingException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	private final String setting;
	private final String reason;

	WrongSettingException(String attribute, String reason) {
		super(ChildProcess.SETTING + "." + attribute + ": " + reason);
		setting = ChildProcess.SETTING + "." + attribute;
		this.reason = reason;
	}

	String setting() {
		return setting;
	}

	String reason() {
		return reason;
	}
}
