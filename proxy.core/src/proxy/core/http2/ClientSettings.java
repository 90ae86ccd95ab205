package proxy.core.http2;

import java.nio.ByteBuffer;

/** What the client has set that changes what is sent to it (RFC 9113 section 6.5.2). */
final class ClientSettings {

	static final int HEADER_TABLE_SIZE = 1;
	static final int ENABLE_PUSH = 2;
	static final int MAX_CONCURRENT_STREAMS = 3;
	static final int INITIAL_WINDOW_SIZE = 4;
	static final int MAX_FRAME_SIZE = 5;
	static final int MAX_HEADER_LIST_SIZE = 6;
	/** RFC 9218 section 2.1. */
	static final int NO_RFC7540_PRIORITIES = 9;

	private int window = OutputSchedule.INITIAL_WINDOW;
	private boolean smallTable;

	/** Takes over a SETTINGS frame's pairs; of several for one setting the last counts. */
	void read(ByteBuffer pairs) throws Http2Exception {
		smallTable = false;
		while (pairs.hasRemaining()) {
			int identifier = pairs.getShort() & 0xFFFF;
			int value = pairs.getInt();
			switch (identifier) {
				case HEADER_TABLE_SIZE -> smallTable |= value >= 0 && value < DynamicTable.MAX_OCTETS;
				case ENABLE_PUSH -> require(value == 0 || value == 1, ErrorCode.PROTOCOL_ERROR);
				case INITIAL_WINDOW_SIZE -> {
					require(value >= 0, ErrorCode.FLOW_CONTROL_ERROR);
					window = value;
				}
				case MAX_FRAME_SIZE ->
						require(value >= Frame.MAX_PAYLOAD && value < 1 << 24, ErrorCode.PROTOCOL_ERROR);
				default -> {
					// nothing that would change what is sent
				}
			}
		}
	}

	private static void require(boolean condition, int code) throws Http2Exception {
		if (!condition) {
			throw new Http2Exception(code, "a setting out of its range");
		}
	}

	/** A new stream's window for what is sent. */
	int window() {
		return window;
	}

	/** Whether the frame read last made the decoder's table smaller than it is at first. */
	boolean hasSmallTable() {
		return smallTable;
	}
}
