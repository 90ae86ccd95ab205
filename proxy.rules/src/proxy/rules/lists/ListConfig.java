package proxy.rules.lists;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

@ObjectClassDefinition(
		name = "Gatehouse: List",
		description = "Elements from a file, for expressions: lists[\"name\"].contains(client.ip). Read again when the file changes.")
@interface ListConfig {

	@AttributeDefinition(name = "Name", description = "The list's name in expressions and in the configuration file.")
	String name() default "";

	@AttributeDefinition(
			name = "Type",
			description = "What the elements are; a network in a list of the type Ip contains its addresses.",
			options = {
				@Option(label = "String", value = "String"),
				@Option(label = "Int", value = "Int"),
				@Option(label = "Ip", value = "Ip"),
				@Option(label = "string", value = "string"),
				@Option(label = "int", value = "int"),
				@Option(label = "ip", value = "ip")
			})
	String type() default "String";

	@AttributeDefinition(
			name = "File",
			description = "A CSV file without header, one element a line: the element, optionally a comment, and optionally until"
					+ " when it counts, such as 2026-12-31T23:59:59Z.")
	String file() default "";

	String webconsole_configurationFactory_nameHint() default "{name}: {file}";
}
