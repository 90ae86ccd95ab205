package proxy.service.welcome;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import proxy.api.http.HttpExchange;
import proxy.api.http.HttpService;
import proxy.api.http.ResponseHead;

/** Answers every request with the welcome page. */
@Component(
		immediate = true,
		configurationPid = "proxy.service.welcome",
		configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = WelcomeService.Config.class, factory = true)
public final class WelcomeService implements HttpService {

	@ObjectClassDefinition(
			name = "Gatehouse: Welcome page",
			description = "Answers with the page of a fresh installation.")
	@interface Config {

		String webconsole_configurationFactory_nameHint() default "{name}";

		@AttributeDefinition(description = "The service's name.")
		String name();

		@AttributeDefinition(description = "Which requests are this service's, as an expression; empty for all.")
		String route() default "";
	}

	private final byte[] page;

	@Activate
	public WelcomeService(Config config) {
		try (InputStream resource = WelcomeService.class.getResourceAsStream("welcome.html")) {
			page = resource.readAllBytes();
		} catch (IOException unreadable) {
			throw new UncheckedIOException(unreadable);
		}
	}

	@Override
	public void handle(HttpExchange exchange) {
		ResponseHead head = new ResponseHead().status(200);
		head.fields().add("content-type", "text/html; charset=utf-8");
		head.fields().add("cache-control", "no-cache");
		exchange.respond(head, ByteBuffer.wrap(page), true);
	}
}
