package proxy.api.runtime;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Somebody with files that others change, move away or wait for: whiteboard service, asked when an operator sends SIGHUP. Who
 * watches its files anyway need not wait for its next look then.
 */
@ConsumerType
public interface Reloadable {

	/**
	 * Has its files looked at, and those that it writes opened anew. Any thread; comes back at once, and the work is done
	 * elsewhere, which tells what is wrong as it always does.
	 */
	void reload();
}
