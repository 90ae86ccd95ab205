package proxy.process;

import proxy.api.runtime.Problem;

/** A setting of the child process that cannot be used. */
final class WrongSettingException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	private final transient Problem problem;

	WrongSettingException(String attribute, String reason) {
		super(ChildProcess.SETTING + "." + attribute + ": " + reason);
		problem = new Problem(ChildProcess.SETTING + "." + attribute, reason);
	}

	Problem problem() {
		return problem;
	}
}
