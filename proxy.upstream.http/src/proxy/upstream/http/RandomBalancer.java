package proxy.upstream.http;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.osgi.service.component.annotations.Component;
import proxy.api.upstream.Balancer;
import proxy.api.upstream.Upstream;

/** Every upstream with equal chance. */
@Component(property = "balancer=random")
public final class RandomBalancer implements Balancer {

	@Override
	public Upstream choose(List<Upstream> available) {
		return available.get(ThreadLocalRandom.current().nextInt(available.size()));
	}
}
