package proxy.api.transport;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A time limit that is moved often and expires rarely. Moving it costs a field write; expiry is at most a tenth of a
 * second late. For the loop's own thread only.
 */
@ProviderType
public interface Deadline {

	/** (Re)arms the limit: it expires this many milliseconds from the loop's {@link EventLoop#now()}. */
	void after(long millis);

	/** Disarms it; nothing runs until it is armed again. */
	void clear();
}
