package proxy.upstream.http;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import proxy.api.http.FieldSection;
import proxy.api.http.ResponseHead;
import proxy.api.transport.EventLoop;
import proxy.http1.ResponseParser;

/** What forwarding on one loop shares: buffers and what is expensive to spell. */
final class ProxyLoop {

	/** Room for the heads that there usually are, and for chunks. */
	private static final int OUTPUT = 128 * 1024;
	private static final int HEAD = 4 * 1024;
	private static final int ADDRESSES = 4096;

	private final ByteBuffer output = ByteBuffer.allocateDirect(OUTPUT);
	private final ResponseHead responseHead = new ResponseHead(new FieldSection(new byte[HEAD]));
	private final ResponseParser parser = new ResponseParser();
	private final Map<InetAddress, byte[]> addresses = new HashMap<>();

	/** Lent until the caller returns to the loop, cleared. */
	ByteBuffer output() {
		return output.clear();
	}

	/** Like {@link #output()}, with room for at least so many octets. */
	ByteBuffer output(int octets) {
		return octets > OUTPUT ? ByteBuffer.allocate(octets) : output();
	}

	/** For parsing and answering within one callback. */
	ResponseHead responseHead() {
		return responseHead;
	}

	ResponseParser parser() {
		return parser;
	}

	/** The address as text. */
	byte[] text(InetAddress address) {
		byte[] known = addresses.get(address);
		if (known == null) {
			if (addresses.size() >= ADDRESSES) {
				addresses.clear();
			}
			known = AddressText.of(address).getBytes(StandardCharsets.US_ASCII);
			addresses.put(address, known);
		}
		return known;
	}

	/** One for each loop, made when first needed. */
	static final class All {

		private volatile ProxyLoop[] byIndex = {};

		ProxyLoop of(EventLoop loop) {
			ProxyLoop[] known = byIndex;
			return loop.index() < known.length ? known[loop.index()] : grow(loop);
		}

		private synchronized ProxyLoop grow(EventLoop loop) {
			if (byIndex.length < loop.count()) {
				ProxyLoop[] next = new ProxyLoop[loop.count()];
				for (int i = 0; i < next.length; i++) {
					next[i] = i < byIndex.length ? byIndex[i] : new ProxyLoop();
				}
				byIndex = next;
			}
			return byIndex[loop.index()];
		}
	}
}
