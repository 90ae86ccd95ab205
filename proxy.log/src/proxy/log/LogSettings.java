package proxy.log;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

@ObjectClassDefinition(name = "Gatehouse: Log", description = "What is written to stderr, and how.")
@interface LogSettings {

	@AttributeDefinition(
			name = "Level",
			required = false,
			description = "The least severe level that is written. When empty, the environment variable GATEHOUSE_LOG or "
					+ "PINGOO_LOG says it; without them it is info.",
			options = {
				@Option(label = "from the environment, else info", value = ""),
				@Option(label = "off", value = "off"),
				@Option(label = "error", value = "error"),
				@Option(label = "warn", value = "warn"),
				@Option(label = "info", value = "info"),
				@Option(label = "debug", value = "debug"),
				@Option(label = "trace", value = "trace")
			})
	String level() default "";

	@AttributeDefinition(
			name = "Format",
			description = "JSON lines for machines, or lines for people; auto is people on a terminal, JSON otherwise.",
			options = {
				@Option(label = "auto", value = "auto"),
				@Option(label = "json", value = "json"),
				@Option(label = "human", value = "human")
			})
	String format() default "auto";

	@AttributeDefinition(
			name = "Loggers",
			required = false,
			description = "Levels of single loggers and those below them, each as name=level, such as proxy.tls.acme=debug.")
	String[] loggers() default {};

	@AttributeDefinition(
			name = "Stack traces",
			description = "How exceptions are written: short is their messages, with the innermost calls only where a "
					+ "programming error is likely; full is everything.",
			options = {@Option(label = "short", value = "short"), @Option(label = "full", value = "full")})
	String stack_traces() default "short";
}
