package proxy.core.http2;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Which stream's content goes next. A stream sends at once as long as nobody waits; those that wait for the connection's
 * window or for the socket take turns, a frame each.
 */
final class OutputSchedule {

	/** RFC 9113 section 6.9.2. */
	static final int INITIAL_WINDOW = 65_535;

	private final FrameWriter writer;
	private final Tolerance tolerance;
	private final ArrayDeque<StreamOutput> waiting = new ArrayDeque<>(0);
	private int window = INITIAL_WINDOW;

	OutputSchedule(FrameWriter writer, Tolerance tolerance) {
		this.writer = writer;
		this.tolerance = tolerance;
	}

	boolean isFree() {
		return waiting.isEmpty();
	}

	/** The client takes more on the connection; nothing is sent before {@link #run}. */
	void open(int increment) throws Http2Exception {
		if (increment > Integer.MAX_VALUE - window) {
			throw new Http2Exception(ErrorCode.FLOW_CONTROL_ERROR, "the connection's window is too large");
		}
		window += increment;
	}

	/** The stream has content, and its own window is open. */
	void await(StreamOutput output) {
		waiting.add(output);
	}

	void forget(StreamOutput output) {
		waiting.remove(output);
	}

	/** Sends what windows and socket allow. */
	void run() {
		while (window > 0 && !writer.congested()) {
			StreamOutput next = waiting.poll();
			if (next == null) {
				return;
			}
			next.turn();
		}
	}

	/** Sends one frame of the content, if it may be sent: the number of its octets. */
	int frame(int stream, ByteBuffer content, int streamWindow, boolean last) {
		int length = Math.min(content.remaining(), FrameWriter.DATA_PAYLOAD);
		length = Math.min(length, Math.min(window, streamWindow));
		if (length <= 0 || writer.congested()) {
			return 0;
		}
		writer.data(stream, content, length, last && length == content.remaining());
		tolerance.expectCompanions();
		window -= length;
		return length;
	}
}
