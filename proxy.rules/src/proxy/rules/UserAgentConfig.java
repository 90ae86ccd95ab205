package proxy.rules;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
		name = "Gatehouse: User agent",
		description = "Whether requests must say which program sends them. They must where the configuration is a pingoo.yml that"
				+ " does not say otherwise.")
@interface UserAgentConfig {

	@AttributeDefinition(
			name = "Required",
			description = "Requests are answered 403 before anything else when their User-Agent is missing, empty, not visible ASCII,"
					+ " or 256 octets or longer.")
	boolean required() default false;
}
