package proxy.core.http2;

import java.io.IOException;
import java.nio.ByteBuffer;
import proxy.api.transport.Transport;

/** A connection's frames on their way out: collected in one buffer, sent at the end of the loop's turn or when it is full. */
final class FrameWriter {

	/** Payload of a DATA frame that fills one TLS record. */
	static final int DATA_PAYLOAD = Frame.MAX_PAYLOAD - Frame.HEADER;

	/** RFC 7541 section 6.3: the encoder's table, which is never used, takes nothing. */
	private static final byte TABLE_SIZE_ZERO = 0x20;

	/** Octets that a client may leave untaken before nothing more is read from it. */
	private static final int MAX_BACKLOG = 256 * 1024;

	private final Http2Connection connection;
	private final Transport transport;
	private final Http2Loop shared;
	private ByteBuffer buffer;
	private boolean congested;
	private int backlog;
	private boolean broken;
	private boolean tableSizeUpdate;
	private ByteBuffer block;
	private int blockStart;

	FrameWriter(Http2Connection connection, Transport transport, Http2Loop shared) {
		this.connection = connection;
		this.transport = transport;
		this.shared = shared;
	}

	/** Whether the client has not taken what was sent: content has to wait for {@link #writable()}. */
	boolean congested() {
		return congested;
	}

	/** The socket has taken everything. */
	void writable() {
		congested = false;
		backlog = 0;
		transport.reading(true);
	}

	/** Sends what there is. */
	void flush() {
		if (buffer != null) {
			ByteBuffer full = buffer;
			buffer = null;
			write(full);
			shared.giveBack(full);
		}
	}

	private void write(ByteBuffer full) {
		full.flip();
		if (broken || !transport.isOpen()) {
			return;
		}
		try {
			int octets = full.remaining();
			if (!transport.write(full)) {
				congested = true;
				backlog += octets;
				if (backlog > MAX_BACKLOG) {
					transport.reading(false);
				}
				connection.congested();
			}
		} catch (IOException gone) {
			broken = true;
			// not from here: who writes is in the middle of an exchange
			transport.loop().execute(() -> connection.broken(gone));
		}
	}

	private ByteBuffer room(int octets) {
		if (buffer == null) {
			buffer = shared.output(this);
		} else if (buffer.remaining() < octets) {
			write(buffer);
			buffer.clear();
		}
		return buffer;
	}

	private ByteBuffer frame(int type, int flags, int stream, int length) {
		ByteBuffer out = room(Frame.HEADER + length);
		header(out, type, flags, stream, length);
		return out;
	}

	private static void header(ByteBuffer out, int type, int flags, int stream, int length) {
		out.putInt(length << 8 | type).put((byte) flags).putInt(stream);
	}

	/** The content's next octets, as many as said. */
	void data(int stream, ByteBuffer content, int length, boolean last) {
		ByteBuffer out = frame(Frame.DATA, last ? Frame.END_STREAM : 0, stream, length);
		if (length > 0) {
			int limit = content.limit();
			out.put(content.limit(content.position() + length));
			content.limit(limit);
		}
	}

	/** A SETTINGS frame of identifiers and values. */
	void settings(int... pairs) {
		ByteBuffer out = frame(Frame.SETTINGS, 0, 0, pairs.length / 2 * 6);
		for (int i = 0; i < pairs.length; i += 2) {
			out.putShort((short) pairs[i]).putInt(pairs[i + 1]);
		}
	}

	void settingsAck() {
		frame(Frame.SETTINGS, Frame.ACK, 0, 0);
	}

	void ping(long data, boolean ack) {
		frame(Frame.PING, ack ? Frame.ACK : 0, 0, 8).putLong(data);
	}

	void goAway(int lastStream, int code) {
		frame(Frame.GOAWAY, 0, 0, 8).putInt(lastStream).putInt(code);
	}

	void reset(int stream, int code) {
		frame(Frame.RST_STREAM, 0, stream, 4).putInt(code);
	}

	void windowUpdate(int stream, int increment) {
		frame(Frame.WINDOW_UPDATE, 0, stream, 4).putInt(increment);
	}

	/** The client has made its decoder's table smaller: the next field block has to say that this was understood. */
	void tableSizeChanged() {
		tableSizeUpdate = true;
	}

	/**
	 * Begins a field block of at most so many octets: fields are to be put into the buffer that is returned, and nothing
	 * else be written until {@link #endHeaders}.
	 */
	ByteBuffer beginHeaders(int limit) {
		int octets = Frame.HEADER + 1 + limit;
		block = octets - Frame.HEADER > Frame.MAX_PAYLOAD ? ByteBuffer.allocate(octets) : room(octets);
		blockStart = block.position() + Frame.HEADER;
		block.position(blockStart);
		if (tableSizeUpdate) {
			tableSizeUpdate = false;
			block.put(TABLE_SIZE_ZERO);
		}
		return block;
	}

	void endHeaders(int stream, boolean last) {
		int flags = last ? Frame.END_STREAM : 0;
		if (block == buffer) {
			int end = block.position();
			block.position(blockStart - Frame.HEADER);
			header(block, Frame.HEADERS, flags | Frame.END_HEADERS, stream, end - blockStart);
			block.position(end);
		} else {
			split(block.flip().position(blockStart), flags, stream);
		}
		block = null;
	}

	private void split(ByteBuffer large, int firstFlags, int stream) {
		int type = Frame.HEADERS;
		int flags = firstFlags;
		do {
			int length = Math.min(large.remaining(), Frame.MAX_PAYLOAD);
			boolean end = length == large.remaining();
			frame(type, flags | (end ? Frame.END_HEADERS : 0), stream, length)
					.put(large.slice(large.position(), length));
			large.position(large.position() + length);
			type = Frame.CONTINUATION;
			flags = 0;
		} while (large.hasRemaining());
	}
}
