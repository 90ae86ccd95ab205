package proxy.log.access;

import java.lang.annotation.Annotation;

@SuppressWarnings("all") // an annotation is an interface too
record Settings(boolean enabled, String path, String[] redact_query, String[] redact_path, int buffer_kb)
		implements AccessLogSettings {

	static Settings to(String path) {
		return new Settings(true, path, new String[] {"token"}, new String[] {"/announce/{key}"}, 128);
	}

	Settings disabled() {
		return new Settings(false, path, redact_query, redact_path, buffer_kb);
	}

	Settings redactPath(String pattern) {
		return new Settings(enabled, path, redact_query, new String[] {pattern}, buffer_kb);
	}

	Settings bufferKb(int kb) {
		return new Settings(enabled, path, redact_query, redact_path, kb);
	}

	@Override
	public Class<? extends Annotation> annotationType() {
		return AccessLogSettings.class;
	}
}
