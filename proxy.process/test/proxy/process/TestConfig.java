package proxy.process;

import java.lang.annotation.Annotation;

/** Settings for a test. */
record TestConfig(
		String[] command, String directory, String[] environment, String ready_address, long ready_timeout_ms, long stop_timeout_ms)
		implements ChildConfig {

	static TestConfig shell(String script) {
		return new TestConfig(new String[] {"sh", "-c", script}, "", new String[0], "", 20_000, 20_000);
	}

	static TestConfig of(String... command) {
		return new TestConfig(command, "", new String[0], "", 20_000, 20_000);
	}

	TestConfig in(Object where) {
		return new TestConfig(command, where.toString(), environment, ready_address, ready_timeout_ms, stop_timeout_ms);
	}

	TestConfig with(String... variables) {
		return new TestConfig(command, directory, variables, ready_address, ready_timeout_ms, stop_timeout_ms);
	}

	TestConfig ready(String address, long millis) {
		return new TestConfig(command, directory, environment, address, millis, stop_timeout_ms);
	}

	TestConfig stopWithin(long millis) {
		return new TestConfig(command, directory, environment, ready_address, ready_timeout_ms, millis);
	}

	@Override
	public Class<? extends Annotation> annotationType() {
		return ChildConfig.class;
	}
}
