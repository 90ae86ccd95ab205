package proxy.api.upstream;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Looks names up. Of several the one with the highest {@code service.ranking} is asked; while there is none, Java's own
 * way is used. When to ask again, and what happens meanwhile, is the gateway's affair: see {@link NameDirectory}.
 */
@ConsumerType
public interface NameResolver {

	/**
	 * Asks for the addresses of a name. Must not block; many names are asked for at the same time.
	 *
	 * @param name a host name in lower case, or {@code _service._protocol.domain} for SRV records (RFC 2782)
	 * @return completes with the answer, also with the one that there are no addresses; completes exceptionally when no
	 *     answer could be had, and then what was found last stays in use
	 */
	CompletionStage<Resolution> resolve(String name);
}
