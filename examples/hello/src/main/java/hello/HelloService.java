package hello;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import proxy.api.http.HttpExchange;
import proxy.api.http.HttpService;
import proxy.api.http.ResponseHead;

/** Answers every request with a greeting. */
@Component(configurationPid = "proxy.service.hello", configurationPolicy = ConfigurationPolicy.REQUIRE, immediate = true)
@Designate(ocd = HelloService.Config.class, factory = true)
public final class HelloService implements HttpService {

	@ObjectClassDefinition(name = "Hello", description = "Answers with a greeting.")
	@interface Config {

		@AttributeDefinition(description = "The service's name.")
		String name();

		@AttributeDefinition(description = "Which requests are this service's, as an expression; empty for all.")
		String route() default "";

		@AttributeDefinition(description = "What to say.")
		String greeting() default "Hello";
	}

	private final byte[] answer;

	@Activate
	public HelloService(Config config) {
		answer = (config.greeting() + "\n").getBytes(StandardCharsets.UTF_8);
	}

	@Override
	public void handle(HttpExchange exchange) {
		ResponseHead head = new ResponseHead().status(200);
		head.fields().add("content-type", "text/plain; charset=utf-8");
		exchange.respond(head, ByteBuffer.wrap(answer), true);
	}
}
