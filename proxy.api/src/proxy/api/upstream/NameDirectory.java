package proxy.api.upstream;

import java.net.InetSocketAddress;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The addresses of upstreams' names, kept fresh for as long as somebody wants them. */
@ProviderType
public interface NameDirectory {

	/**
	 * Begins to keep the addresses of a name. Any thread; does not block.
	 *
	 * @param name an IP literal without brackets, a host name, or {@code _service._protocol.domain} for SRV records
	 * @param changed runs after every change, on a thread of the directory, and must not block
	 */
	Watch watch(String name, Runnable changed);

	/** A name whose addresses are wanted. */
	interface Watch extends AutoCloseable {

		/**
		 * What was found last, IPv4 first, the same list until it changes; empty when nothing ever was. Ports are 0 unless
		 * SRV records said them. Any thread; never blocks.
		 */
		List<InetSocketAddress> addresses();

		/** Waits until the name has been looked up once, but not longer than this. Not on an event loop. */
		void await(long millis);

		/** An address did not work: has the name looked up again soon, unless that has just been done. Any thread. */
		void refresh();

		/** Nothing is told any more. The addresses are kept for a moment, for a successor. */
		@Override
		void close();
	}
}
