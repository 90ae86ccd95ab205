package proxy.core.http2;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Finds frames in what a client sends, and puts field blocks together (RFC 9113 sections 3.4, 4 and 6.10). */
final class FrameReader {

	private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

	private static final int STREAM_MASK = 0x7FFF_FFFF;
	private static final int MAX_CONTINUATIONS = 64;

	private final Http2Connection connection;
	private final StreamFrames streams;
	private final Http2Loop shared;
	private final int maxBlock;
	private boolean prefaced;
	private boolean settled;
	/** The part of a frame that has come. */
	private byte[] partial;
	/** The stream whose field block is incomplete, or 0. */
	private int continued;
	private boolean continuedEnds;
	private boolean continuedSelfDependent;
	private byte[] block;
	private int blockLength;
	private int continuations;

	/** @param maxBlock octets of a field block */
	FrameReader(Http2Connection connection, StreamFrames streams, Http2Loop shared, int maxBlock) {
		this.connection = connection;
		this.streams = streams;
		this.shared = shared;
		this.maxBlock = maxBlock;
	}

	/** The loop's input buffer with what is left of the last time. */
	ByteBuffer input() {
		ByteBuffer input = shared.input();
		if (partial != null) {
			input.put(partial);
			partial = null;
		}
		return input;
	}

	/** Whether the client has begun something other than content and not completed it. */
	boolean isInsideHead() {
		return continued != 0 || partial != null && (partial.length < Frame.HEADER || partial[3] != Frame.DATA);
	}

	/** Reads the frames that are complete, as long as the connection wants them. */
	void read(ByteBuffer input) throws Http2Exception {
		if (prefaced || preface(input)) {
			while (connection.isReading() && input.remaining() >= Frame.HEADER) {
				int start = input.position();
				int word = input.getInt(start);
				int length = word >>> 8;
				if (length > Frame.MAX_PAYLOAD) {
					throw new Http2Exception(ErrorCode.FRAME_SIZE_ERROR, "frame too large");
				}
				int end = start + Frame.HEADER + length;
				if (input.limit() < end) {
					break;
				}
				int limit = input.limit();
				if ((word & 0xFF) == Frame.DATA) {
					end = content(input, start, end);
				} else {
					input.limit(end).position(start + Frame.HEADER);
					frame(word & 0xFF, input.get(start + 4), input.getInt(start + 5) & STREAM_MASK, input);
				}
				input.limit(limit).position(end);
			}
		}
		if (input.hasRemaining() && connection.isReading()) {
			partial = new byte[input.remaining()];
			input.get(partial);
		}
	}

	/**
	 * Reads a DATA frame and those behind it that go on with it as one, as long as they would fit into one: content that comes octet
	 * by octet is not passed on so.
	 *
	 * @return where the next frame begins
	 */
	private int content(ByteBuffer input, int start, int firstEnd) throws Http2Exception {
		int payload = start + Frame.HEADER;
		int flags = input.get(start + 4);
		int stream = input.getInt(start + 5) & STREAM_MASK;
		int end = firstEnd;
		int next = firstEnd;
		while ((flags & (Frame.PADDED | Frame.END_STREAM)) == 0 && end > payload) {
			int length = more(input, next, stream);
			if (length == 0 || end - payload + length > Frame.MAX_PAYLOAD) {
				break;
			}
			flags = input.get(next + 4);
			// over the header, too
			input.put(end, input, next + Frame.HEADER, length);
			end += length;
			next += Frame.HEADER + length;
		}
		input.limit(end).position(payload);
		frame(Frame.DATA, flags, stream, input);
		return next;
	}

	/** The length of the stream's DATA frame that begins there; 0 when there is none, or none that is whole, without padding and not empty. */
	private static int more(ByteBuffer input, int start, int stream) {
		if (input.limit() - start < Frame.HEADER) {
			return 0;
		}
		int word = input.getInt(start);
		boolean plain = (word & 0xFF) == Frame.DATA
				&& (input.get(start + 4) & Frame.PADDED) == 0
				&& (input.getInt(start + 5) & STREAM_MASK) == stream;
		return plain && word >>> 8 <= input.limit() - start - Frame.HEADER ? word >>> 8 : 0;
	}

	private boolean preface(ByteBuffer input) throws Http2Exception {
		int available = Math.min(PREFACE.length, input.remaining());
		for (int i = 0; i < available; i++) {
			if (input.get(input.position() + i) != PREFACE[i]) {
				throw Http2Exception.protocol("no HTTP/2 connection preface");
			}
		}
		if (available == PREFACE.length) {
			prefaced = true;
			input.position(input.position() + available);
		}
		return prefaced;
	}

	private void frame(int type, int flags, int stream, ByteBuffer payload) throws Http2Exception {
		if (continued != 0 && (type != Frame.CONTINUATION || stream != continued)) {
			throw Http2Exception.protocol("something else in the middle of a field block");
		}
		if (!settled && type != Frame.SETTINGS) {
			throw Http2Exception.protocol("the first frame is not SETTINGS");
		}
		switch (type) {
			case Frame.DATA -> data(flags, stream, payload);
			case Frame.HEADERS -> headers(flags, stream, payload);
			case Frame.PRIORITY -> priority(stream, payload);
			case Frame.RST_STREAM -> {
				size(payload, 4);
				streams.reset(stream);
			}
			case Frame.SETTINGS -> settings(flags, stream, payload);
			case Frame.PUSH_PROMISE -> throw Http2Exception.protocol("clients do not push");
			case Frame.PING -> {
				ofConnection(stream);
				size(payload, 8);
				connection.ping(payload.getLong(), (flags & Frame.ACK) != 0);
			}
			case Frame.GOAWAY -> {
				ofConnection(stream);
				connection.goingAway();
			}
			case Frame.WINDOW_UPDATE -> windowUpdate(stream, payload);
			case Frame.CONTINUATION -> continuation(flags, payload);
			default -> connection.companion();
		}
	}

	private static void size(ByteBuffer payload, int octets) throws Http2Exception {
		if (payload.remaining() != octets) {
			throw new Http2Exception(ErrorCode.FRAME_SIZE_ERROR, "a frame of the wrong size");
		}
	}

	private static void ofConnection(int stream) throws Http2Exception {
		if (stream != 0) {
			throw Http2Exception.protocol("a frame of the connection on a stream");
		}
	}

	private static void ofStream(int stream) throws Http2Exception {
		if (stream == 0) {
			throw Http2Exception.protocol("a frame of a stream on the connection");
		}
	}

	private static void unpad(int flags, ByteBuffer payload) throws Http2Exception {
		if ((flags & Frame.PADDED) != 0) {
			int padding = payload.hasRemaining() ? payload.get() & 0xFF : Integer.MAX_VALUE;
			if (padding > payload.remaining()) {
				throw Http2Exception.protocol("more padding than there is");
			}
			payload.limit(payload.limit() - padding);
		}
	}

	private void data(int flags, int stream, ByteBuffer payload) throws Http2Exception {
		ofStream(stream);
		int length = payload.remaining();
		unpad(flags, payload);
		streams.data(stream, payload, length, (flags & Frame.END_STREAM) != 0);
	}

	private void windowUpdate(int stream, ByteBuffer payload) throws Http2Exception {
		size(payload, 4);
		connection.companion();
		int increment = payload.getInt() & STREAM_MASK;
		if (stream == 0) {
			connection.windowUpdate(increment);
		} else {
			streams.windowUpdate(stream, increment);
		}
	}

	private void settings(int flags, int stream, ByteBuffer payload) throws Http2Exception {
		ofConnection(stream);
		boolean ack = (flags & Frame.ACK) != 0;
		if (payload.remaining() % 6 != 0 || ack && payload.hasRemaining()) {
			throw new Http2Exception(ErrorCode.FRAME_SIZE_ERROR, "a SETTINGS frame of the wrong size");
		}
		if (!ack) {
			settled = true;
			connection.settings(payload);
		} else if (settled) {
			connection.companion();
		} else {
			throw Http2Exception.protocol("an answer to SETTINGS comes first");
		}
	}

	private void priority(int stream, ByteBuffer payload) throws Http2Exception {
		ofStream(stream);
		if (payload.remaining() != 5) {
			streams.error(stream, ErrorCode.FRAME_SIZE_ERROR);
		} else if ((payload.getInt() & STREAM_MASK) == stream) {
			streams.error(stream, ErrorCode.PROTOCOL_ERROR);
		} else {
			connection.companion();
		}
	}

	private void headers(int flags, int stream, ByteBuffer payload) throws Http2Exception {
		ofStream(stream);
		unpad(flags, payload);
		boolean selfDependent = false;
		if ((flags & Frame.PRIORITIZED) != 0) {
			if (payload.remaining() < 5) {
				throw new Http2Exception(ErrorCode.FRAME_SIZE_ERROR, "a HEADERS frame without its priority");
			}
			selfDependent = (payload.getInt() & STREAM_MASK) == stream;
			payload.get();
		}
		boolean ends = (flags & Frame.END_STREAM) != 0;
		int length = payload.remaining();
		if ((flags & Frame.END_HEADERS) != 0) {
			payload.get(shared.block(), 0, length);
			streams.headers(stream, shared.block(), length, ends, selfDependent);
			return;
		}
		continued = stream;
		continuedEnds = ends;
		continuedSelfDependent = selfDependent;
		continuations = 0;
		block = new byte[length];
		payload.get(block);
		blockLength = length;
	}

	private void continuation(int flags, ByteBuffer payload) throws Http2Exception {
		if (continued == 0) {
			throw Http2Exception.protocol("nothing to continue");
		}
		int length = payload.remaining();
		continuations++;
		if (continuations > MAX_CONTINUATIONS || blockLength + length > maxBlock) {
			throw new Http2Exception(ErrorCode.ENHANCE_YOUR_CALM, "a field block without end");
		}
		if (block.length < blockLength + length) {
			block = Arrays.copyOf(block, Math.max(blockLength + length, Math.min(maxBlock, block.length * 2)));
		}
		payload.get(block, blockLength, length);
		blockLength += length;
		if ((flags & Frame.END_HEADERS) != 0) {
			int stream = continued;
			byte[] complete = block;
			continued = 0;
			block = null;
			streams.headers(stream, complete, blockLength, continuedEnds, continuedSelfDependent);
		}
	}
}
