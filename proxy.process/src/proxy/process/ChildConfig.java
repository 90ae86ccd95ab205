package proxy.process;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the child process. */
@ObjectClassDefinition(
		name = "Gatehouse: Child process",
		description = "A program that runs beside the gateway, for an application in the same container: started before"
				+ " anything is served, started again when it ends, stopped with the gateway.")
@interface ChildConfig {

	@AttributeDefinition(description = "The program and its arguments; no shell is involved.")
	String[] command() default {};

	@AttributeDefinition(description = "Where it runs; empty for the directory that the gateway was started in.")
	String directory() default "";

	@AttributeDefinition(
			description = "Variables of its environment beside the gateway's own, as NAME=value.")
	String[] environment() default {};

	@AttributeDefinition(
			description = "HOST:PORT that accepts connections when it is ready; empty for not to wait. At the start of the"
					+ " gateway, listeners wait for it.")
	String ready_address() default "";

	@AttributeDefinition(description = "How long to wait for it to be ready, in milliseconds.", min = "1")
	long ready_timeout_ms() default 30_000;

	@AttributeDefinition(
			description = "How long it may take to end after SIGTERM before it is killed, in milliseconds.",
			min = "0")
	long stop_timeout_ms() default 10_000;
}
