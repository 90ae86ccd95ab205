package proxy.console;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(name = "Gatehouse: web console", description = "Who may reach the web console under which name.")
@interface ConsoleSettings {

	@AttributeDefinition(
			name = "Host names",
			required = false,
			description = "Names, besides localhost and loopback addresses, by which browsers may call the console, without "
					+ "port; for a console behind a proxy or an SSH tunnel. Any other name is refused, so that no web site "
					+ "can point a name of its own here.")
	String[] hosts() default {};
}
