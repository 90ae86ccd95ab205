package proxy.log;

import proxy.api.runtime.Problem;

/** A setting that cannot be. */
final class SettingException extends Exception {

	private static final long serialVersionUID = 1L;

	private final transient Problem problem;

	SettingException(String setting, String reason) {
		super(setting + ": " + reason);
		problem = new Problem(setting, reason);
	}

	Problem problem() {
		return problem;
	}
}
