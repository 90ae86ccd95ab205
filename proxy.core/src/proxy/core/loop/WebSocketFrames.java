package proxy.core.loop;

import java.nio.ByteBuffer;

/** Where the frames of one direction of a WebSocket begin and end (RFC 6455 section 5.2); their content is not looked at. */
final class WebSocketFrames {

	/** A close frame of a server with the status 1001 (section 7.4.1). */
	static final byte[] GOING_AWAY = {(byte) 0x88, 2, 0x03, (byte) 0xE9};

	private static final int CLOSE = 8;
	private static final int MASK = 0x80;

	/** Octets of the frame's header that have come. */
	private int header;
	/** Octets that the header has, as far as is known by now. */
	private int headerLength = 2;
	/** Where in the header the extended length ends. */
	private int lengthEnd;
	/** Octets of the payload still to come, once the header is complete. */
	private long payload;
	private boolean closing;

	/** Whether the last frame is complete and no other has begun. */
	boolean isBetween() {
		return header == 0;
	}

	/** Whether a close frame has begun: there are no others behind it. */
	boolean closing() {
		return closing;
	}

	/**
	 * Takes note of the octets from the buffer's position on, which it leaves as it is.
	 *
	 * @param toBoundary whether to stop at the first end of a frame
	 * @return how many octets it took note of
	 */
	int follow(ByteBuffer octets, boolean toBoundary) {
		int at = octets.position();
		int end = octets.limit();
		while (at < end) {
			if (header < headerLength) {
				header(octets.get(at++) & 0xFF);
			} else {
				long step = Math.min(payload, end - at);
				payload -= step;
				at += (int) step;
			}
			if (header == headerLength && payload == 0) {
				header = 0;
				headerLength = 2;
				if (toBoundary) {
					break;
				}
			}
		}
		return at - octets.position();
	}

	private void header(int octet) {
		switch (header) {
			case 0 -> closing |= (octet & 0x0F) == CLOSE;
			case 1 -> {
				int length = octet & ~MASK;
				int extended = length == 126 ? 2 : length == 127 ? 8 : 0;
				headerLength = 2 + extended + ((octet & MASK) == 0 ? 0 : 4);
				payload = extended == 0 ? length : 0;
				lengthEnd = 2 + extended;
			}
			default -> {
				if (header < lengthEnd) {
					payload = payload << 8 | octet;
				}
			}
		}
		header++;
	}
}
