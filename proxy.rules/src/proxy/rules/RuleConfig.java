package proxy.rules;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

@ObjectClassDefinition(
		name = "Gatehouse: Rule",
		description = "What to do with some requests before any service sees them. Rules are tried in the order of their ranking.")
@interface RuleConfig {

	@AttributeDefinition(name = "Name", description = "The rule's name in the log and in the configuration file.")
	String name() default "";

	@AttributeDefinition(
			name = "Expression",
			required = false,
			description = "Which requests match, such as http_request.path.starts_with(\"/admin\"); when empty, all do.")
	String expression() default "";

	@AttributeDefinition(
			name = "Actions",
			description = "What is done with a request that matches, in this order: block answers 403, captcha lets pass who"
					+ " has solved one, other words come with other bundles.")
	String[] actions() default {"block"};

	@AttributeDefinition(
			name = "Log only",
			description = "Matches are logged and counted, and the request goes on as if the rule were not there.")
	boolean log_only() default false;

	@AttributeDefinition(
			name = "On error",
			description = "What a request counts as when the expression has no value for it: auto matches if the rule"
					+ " blocks or asks for a captcha, so that nothing slips through.",
			options = {
				@Option(label = "auto", value = "auto"),
				@Option(label = "match", value = "match"),
				@Option(label = "skip", value = "skip")
			})
	String on_error() default "auto";

	@AttributeDefinition(
			name = "Ranking",
			required = false,
			description = "Rules with a higher ranking are tried first; the order in the configuration file sets it.")
	int service_ranking() default 0;

	String webconsole_configurationFactory_nameHint() default "{name}: {expression}";
}
