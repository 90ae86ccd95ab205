package proxy.api.upstream;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Chooses an upstream. Its service property {@code balancer} is the name that a service's configuration uses. Called on event loops. */
@ConsumerType
public interface Balancer {

	/**
	 * @param available the upstreams that may be used now, never empty
	 * @return one of them
	 */
	Upstream choose(List<Upstream> available);
}
