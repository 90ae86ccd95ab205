package proxy.log;

import java.lang.annotation.Annotation;

@SuppressWarnings("all") // an annotation is an interface too
record Settings(String level, String format, String[] loggers, String stack_traces) implements LogSettings {

	static Settings of(String level, String format, String... loggers) {
		return new Settings(level, format, loggers, "short");
	}

	@Override
	public Class<? extends Annotation> annotationType() {
		return LogSettings.class;
	}
}
