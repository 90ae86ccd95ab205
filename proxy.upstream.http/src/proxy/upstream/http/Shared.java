package proxy.upstream.http;

import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import proxy.api.runtime.GatewayRuntime;
import proxy.api.upstream.Balancer;
import proxy.api.upstream.NameDirectory;
import proxy.api.upstream.UpstreamDirectory;

/**
 * What all HTTP proxy services stand on. Each of them refers to this alone: a reference costs time and memory, and there may
 * be thousands of services.
 */
@Component(service = Shared.class)
public final class Shared {

	private final GatewayRuntime runtime;
	private final UpstreamDirectory directory;
	private final NameDirectory names;
	private final Balancers balancers;

	@Activate
	public Shared(
			@Reference GatewayRuntime runtime,
			@Reference UpstreamDirectory directory,
			@Reference(target = "(balancer=random)") Balancer balancer,
			@Reference NameDirectory names) {
		this.runtime = runtime;
		this.directory = directory;
		this.names = names;
		balancers = new Balancers(balancer);
	}

	@Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
	void addBalancer(Balancer balancer, Map<String, Object> properties) {
		balancers.add((String) properties.get("balancer"), balancer);
	}

	void removeBalancer(Balancer balancer, Map<String, Object> properties) {
		balancers.remove((String) properties.get("balancer"), balancer);
	}

	GatewayRuntime runtime() {
		return runtime;
	}

	UpstreamDirectory directory() {
		return directory;
	}

	NameDirectory names() {
		return names;
	}

	Balancers balancers() {
		return balancers;
	}
}
