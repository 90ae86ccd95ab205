package proxy.upstream.http;

import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import proxy.api.http.HttpService;

/** Services like those of the configuration, but that nobody is routed to: what the gateway warms up with. */
@Component(factory = "proxy.warmup.service", service = {})
public final class WarmUpService implements Supplier<HttpService> {

	private final HttpProxyService service;

	@Activate
	public WarmUpService(HttpProxyService.Config config, @Reference Shared shared) {
		service = new HttpProxyService(config, shared);
	}

	@Override
	public HttpService get() {
		return service;
	}

	@Deactivate
	void deactivate() {
		service.deactivate();
	}
}
