package proxy.upstream.http;

import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import proxy.api.http.HttpService;
import proxy.api.runtime.GatewayRuntime;
import proxy.api.upstream.Balancer;
import proxy.api.upstream.NameDirectory;
import proxy.api.upstream.UpstreamDirectory;

/** Services like those of the configuration, but that nobody is routed to: what the gateway warms up with. */
@Component(factory = "proxy.warmup.service", service = {})
public final class WarmUpService implements Supplier<HttpService> {

	private final HttpProxyService service;

	@Activate
	public WarmUpService(
			HttpProxyService.Config config,
			@Reference GatewayRuntime runtime,
			@Reference UpstreamDirectory directory,
			@Reference(target = "(balancer=random)") Balancer balancer,
			@Reference NameDirectory names) {
		service = new HttpProxyService(config, runtime, directory, balancer, names);
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
