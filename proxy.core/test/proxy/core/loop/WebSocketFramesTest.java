package proxy.core.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.api.Test;

class WebSocketFramesTest {

	private static byte[] frame(int opcode, int length, boolean masked) {
		ByteArrayOutputStream frame = new ByteArrayOutputStream();
		int mask = masked ? 0x80 : 0;
		frame.write(0x80 | opcode);
		if (length < 126) {
			frame.write(mask | length);
		} else if (length < 65_536) {
			frame.write(mask | 126);
			frame.writeBytes(ByteBuffer.allocate(2).putShort((short) length).array());
		} else {
			frame.write(mask | 127);
			frame.writeBytes(ByteBuffer.allocate(8).putLong(length).array());
		}
		frame.writeBytes(new byte[masked ? 4 + length : length]);
		return frame.toByteArray();
	}

	@ParameterizedTest
	@CsvSource({"0,false", "1,false", "125,true", "126,false", "127,true", "65535,false", "65536,true", "200000,false"})
	void findsTheEndOfAFrameInPiecesOfAnySize(int length, boolean masked) {
		byte[] frame = frame(1, length, masked);
		for (int piece : new int[] {1, 3, 1000, frame.length}) {
			WebSocketFrames frames = new WebSocketFrames();
			for (int at = 0; at < frame.length; at += piece) {
				assertEquals(at == 0, frames.isBetween(), at + " of " + frame.length);
				int next = Math.min(piece, frame.length - at);
				assertEquals(next, frames.follow(ByteBuffer.wrap(frame, at, next), false));
			}
			assertTrue(frames.isBetween());
			assertFalse(frames.closing());
		}
	}

	@Test
	void stopsAtTheFirstBoundaryWhenAsked() {
		ByteArrayOutputStream two = new ByteArrayOutputStream();
		two.writeBytes(frame(1, 300, false));
		two.writeBytes(frame(2, 5, false));
		WebSocketFrames frames = new WebSocketFrames();
		assertEquals(304, frames.follow(ByteBuffer.wrap(two.toByteArray()), true));
		assertTrue(frames.isBetween());
	}

	@Test
	void noticesACloseFrame() {
		WebSocketFrames frames = new WebSocketFrames();
		frames.follow(ByteBuffer.wrap(WebSocketFrames.GOING_AWAY), false);
		assertTrue(frames.closing());
		assertTrue(frames.isBetween());
	}
}
