package proxy.core.loop;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import proxy.api.transport.Deadline;

/** A connection whose peer has to say first, in a PROXY header, for whom it speaks. */
final class Introduction implements Wire.Owner {

	private static final Logger LOG = LoggerFactory.getLogger(Introduction.class);

	/** Goes on with the connection. */
	interface Successor {

		/** @param received what came behind the header */
		void begin(Wire wire, ByteBuffer received) throws IOException;
	}

	private final Wire wire;
	private final Successor successor;
	private final Deadline limit;
	private ByteBuffer received = ByteBuffer.allocate(0);

	Introduction(Wire wire, int limitMillis, Successor successor) {
		this.wire = wire;
		this.successor = successor;
		limit = wire.loop().deadline(() -> refuse(new SocketTimeoutException("no PROXY header within " + limitMillis + " ms")));
		limit.after(limitMillis);
	}

	void open() throws IOException {
		wire.open(this, null);
	}

	@Override
	public void wireReadable() {
		try {
			ByteBuffer input = wire.loop().scratch().put(received);
			boolean end = wire.read(input) < 0;
			ProxyHeader header = ProxyHeader.read(input.flip());
			received = ByteBuffer.allocate(input.remaining()).put(input).flip();
			if (header != null) {
				limit.clear();
				if (header.source() != null) {
					wire.introduced(header.source(), header.destination());
				}
				successor.begin(wire, received);
			} else if (end) {
				throw received.hasRemaining() ? new ProtocolException("closed within the PROXY header") : new EOFException();
			}
		} catch (IOException wrong) {
			refuse(wrong);
		}
	}

	private void refuse(IOException why) {
		if (why instanceof ProtocolException || why instanceof SocketTimeoutException) {
			LOG.atWarn()
					.addKeyValue("peer", wire.remote().getAddress().getHostAddress())
					.addKeyValue("listener", wire.local())
					.addKeyValue("reason", why.getMessage())
					.log("closed: a trusted proxy sent no proper PROXY header");
		} else {
			LOG.debug("{} was gone before its PROXY header", wire.remote(), why);
		}
		wire.abort();
	}

	@Override
	public void wireWritable() {
		// nothing is written
	}

	@Override
	public void wireClosed(Throwable cause) {
		LOG.debug("lost before its PROXY header", cause);
	}

	@Override
	public void wireReleased() {
		limit.clear();
	}
}
