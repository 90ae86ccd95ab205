package proxy.api.upstream;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** What all discoveries together have found. Any thread; never blocks. */
@ProviderType
public interface UpstreamDirectory {

	/** The discovered upstreams of a service, an immutable list, the same object until it changes; empty when none. */
	List<Upstream> discovered(String service);
}
