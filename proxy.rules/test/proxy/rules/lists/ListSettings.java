package proxy.rules.lists;

import java.lang.annotation.Annotation;

/** A list's configuration as ConfigurationAdmin would give it. */
record ListSettings(String name, String type, String file) implements ListConfig {

	@Override
	public String webconsole_configurationFactory_nameHint() {
		return "";
	}

	@Override
	public Class<? extends Annotation> annotationType() {
		return ListConfig.class;
	}
}
