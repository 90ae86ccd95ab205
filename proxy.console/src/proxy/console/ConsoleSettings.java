package proxy.console;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(name = "Gatehouse: Web console", description = "Where the web console is, and who may reach it under which name.")
@interface ConsoleSettings {

	@AttributeDefinition(
			required = false,
			description = "IP address and port of the console, such as 127.0.0.1:8181; without it, what conf/config.properties "
					+ "says. It speaks plain HTTP: on other addresses than loopback put a listener in front.")
	String address() default "";

	@AttributeDefinition(
			name = "Host names",
			required = false,
			description = "Names, besides localhost and loopback addresses, by which browsers may call the console, without "
					+ "port; for a console behind a proxy or an SSH tunnel. Any other name is refused, so that no web site "
					+ "can point a name of its own here.")
	String[] hosts() default {};
}
